package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.compnn.compose.Mask;
import org.compnn.explain.Gallery;
import org.compnn.explain.SmallExplanation;
import org.compnn.study.PlantedErrors;
import org.compnn.study.Suspects;
import org.compnn.study.Suspects.Region;
import org.compnn.study.Suspects.Suspect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SuspectsReportTest {
  private static final Gallery GALLERY = SmallExplanation.exemplars("a", "b", "c");
  private static final Suspects SUSPECTS =
      new Suspects(
          List.of(
              new Suspect(1, "b", List.of(region(18, 3, 0, 2), region(0, 1, 2, 0)), 0.75, 0.25),
              new Suspect(0, "a", List.of(), 0.5, 0.125),
              new Suspect(2, "c", List.of(region(0, 2, 2, 0)), 0.0625, 0.5)));

  @TempDir private Path folder;

  private static Region region(int first, int count, int given, int suggested) {
    BitSet mask = new BitSet();
    mask.set(first, first + count);
    return new Region(
        new Mask(SmallExplanation.HEIGHT, SmallExplanation.WIDTH, mask), given, suggested, count);
  }

  @Test
  void picturesWithARegionAreRankedByTheirWorst() {
    Sheet sheet =
        SuspectsReport.sheet(
            "labels", SUSPECTS, GALLERY::target, GALLERY, SmallExplanation.PALETTE);
    assertThat(sheet.title()).isEqualTo("labels");
    assertThat(sheet.facts()).isEqualTo("3 pictures checked");
    Section section = sheet.sections().getFirst();
    assertThat(section.table().orElseThrow().rows())
        .containsExactly(
            List.of("b", "0.7500", "sky", "tree", "3", "0.2500"),
            List.of("c", "0.0625", "tree", "sky", "2", "0.5000"));
    assertThat(section.csv()).containsOnlyKeys("suspects");
    assertThat(section.csv().values().iterator().next().rows())
        .containsExactly(
            List.of("1", "b", "0.750000", "0.250000", "sky", "tree", "3", "1", "2", "2", "5"),
            List.of("2", "c", "0.062500", "0.500000", "tree", "sky", "2", "0", "0", "1", "2"));
  }

  @Test
  void theNumbersAreWrittenForPrograms() throws IOException {
    SuspectsReport.sheet("labels", SUSPECTS, GALLERY::target, GALLERY, SmallExplanation.PALETTE)
        .write(folder);
    JsonNode json =
        JsonMapper.builder().build().readTree(Files.readString(folder.resolve("numbers.json")));
    assertThat(json.at("/suspects")).hasSize(2);
    assertThat(json.at("/suspects/0/id").asString()).isEqualTo("b");
    assertThat(json.at("/suspects/0/suggested").asString()).isEqualTo("tree");
    assertThat(json.at("/suspects/1/pixels").asInt()).isEqualTo(2);
  }

  @Test
  void plantedErrorsThatAreFoundAreCountedByAllRankings() {
    List<Suspect> ranked =
        IntStream.range(0, 60)
            .mapToObj(i -> new Suspect(i, "" + i, List.of(), 1 - i / 60.0, 1 - i / 60.0))
            .toList();
    Suspects suspects = new Suspects(ranked);
    PlantedErrors early = planted(0, 1, 30);
    PlantedErrors late = planted(59);
    assertThat(
            SuspectsReport.found(
                    List.of(suspects, suspects),
                    List.of(List.of(0, 30), List.of(1, 2)),
                    List.of(early, late))
                .rows())
        .as("the softmin ranks the other way round")
        .containsExactly(
            List.of("compnn suspects", "20", "2 0", "1.0", "0.05", "0.50"),
            List.of("softmin of the network", "20", "0 1", "0.5", "0.03", "0.25"),
            List.of("pixel issues", "20", "2 0", "1.0", "0.05", "0.50"),
            List.of("compnn suspects", "50", "3 0", "1.5", "0.03", "0.75"),
            List.of("softmin of the network", "50", "1 1", "1.0", "0.02", "0.50"),
            List.of("pixel issues", "50", "2 0", "1.0", "0.02", "0.50"));
  }

  private static PlantedErrors planted(Integer... exemplars) {
    return new PlantedErrors(
        List.of(exemplars).stream()
            .collect(
                Collectors.toMap(
                    exemplar -> exemplar, exemplar -> SmallExplanation.labels(exemplar))));
  }
}
