package org.compnn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectionTermsTest {
  @TempDir Path folder;

  private final SelectionTerms terms =
      new SelectionTerms(
          List.of(
              new Exemplar(0, "aachen/0001", List.of("city=aachen", "night")),
              new Exemplar(1, "aachen/0002", List.of("city=aachen")),
              new Exemplar(2, "bonn/0001", List.of("city=bonn", "rain")),
              new Exemplar(3, "bonn/0002", List.of("city=bonn", "night", "rain")),
              new Exemplar(4, "night", List.of()),
              new Exemplar(5, "odd[1]*.x", List.of("a.b"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aachen/0001      | 0
          aachen/*         | 0 1
          */000?           | 0 1 2 3
          */000[2-9]       | 1 3
          */000[!2-9]      | 0 2
          [ab]*/0001       | 0 2
          city=bonn        | 2 3
          tag:city=bonn    | 2 3
          city=*           | 0 1 2 3
          rain             | 2 3
          night            | 4
          tag:night        | 0 3
          odd[1]*.x        | 5
          a.b              | 5
          """)
  void aTermFindsIdsFirstAndThenTags(String term, String expected) {
    assertThat(terms.select(List.of(term), List.of()).indices()).isEqualTo(indices(expected));
  }

  @Test
  void onlyAddsUpAndWithoutTakesAway() {
    assertThat(terms.select(List.of(), List.of()).size()).isEqualTo(6);
    assertThat(terms.select(List.of("rain", "night"), List.of("bonn/0001")).indices())
        .containsExactly(3, 4);
    assertThat(terms.select(List.of(), List.of("city=*")).indices()).containsExactly(4, 5);
  }

  @Test
  void aListFileHoldsOneTermALine() throws IOException {
    Path list = folder.resolve("list.txt");
    Files.writeString(list, "# streets\n\naachen/0002\n  bonn/*  \n");
    assertThat(terms.select(List.of("@" + list), List.of()).indices()).containsExactly(1, 2, 3);
    Files.writeString(list, "aachen/0002\nkoeln/0001\n");
    refused(list + ", line 2: no training picture of 6 has the id or tag 'koeln/0001'", "@" + list);
    Files.writeString(list, "\n# nothing\n");
    refused(list + ": expected an id or tag on each line, found none", "@" + list);
    refused(folder.resolve("none") + ": expected a list", "@" + folder.resolve("none"));
    Files.write(list, new byte[] {'a', (byte) 0xff, '\n'});
    refused(list + ": expected a list of training pictures in UTF-8", "@" + list);
  }

  @Test
  void aTermThatFindsNothingIsNamedWithTheClosest() {
    refused(
        "no training picture of 6 has the id or tag 'aachen/0003'; the closest are 'aachen/0001',"
            + " 'aachen/0002'",
        "aachen/0003");
    refused("has the id or tag 'tag:nigth'", "tag:nigth");
    refused("the closest are 'night'", "tag:nigth");
    refused("'koeln/*'", "koeln/*");
    refused("expected a range of characters", "a[9-1]");
    assertThatThrownBy(
            () ->
                new SelectionTerms(List.of(new Exemplar(0, "x", List.of())))
                    .select(List.of("tag:y"), List.of()))
        .hasMessageEndingWith("'; no training picture has a tag");
  }

  @Test
  void aSelectionOfNothingIsRefused() {
    assertThatThrownBy(() -> terms.select(List.of("night"), List.of("night")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "expected training pictures to match, found all 6 excluded (only [night], without"
                + " [night]); drop a term");
  }

  private void refused(String message, String term) {
    assertThatThrownBy(() -> terms.select(List.of(term), List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  private static int[] indices(String text) {
    return Arrays.stream(text.strip().split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
