package org.compnn.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.compose.Composition;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.generate.Facade;
import org.compnn.generate.FacadeClass;
import org.compnn.generate.FacadeFolder;
import org.compnn.generate.FacadeStyle;
import org.compnn.generate.Facades;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.EvenSample;
import org.compnn.progress.Progress;
import org.compnn.study.Judge;
import org.compnn.study.Judgement;
import org.compnn.study.Matched;
import org.compnn.study.References;

/**
 * A case with a culprit: a network was trained on buildings of which somebody labelled windows of
 * one style as doors, and now sees doors where windows are. What its wrong region leads to, what is
 * pasted there once those labels are right, and what a network trained on right labels says.
 *
 * @param building an unseen building of that style
 * @param network what the network says of it
 * @param pasted pasted from the labels as they are
 * @param corrected pasted from the same training pixels with right labels
 * @param retrained what the network says that was trained on right labels
 * @param region where windows are taken for doors
 * @param suspects the training buildings that were labelled so, by their index
 */
record Case(
    Facade building,
    Raster network,
    Raster pasted,
    Raster corrected,
    Raster retrained,
    Judgement.Region region,
    List<Integer> suspects) {
  /** The style of which somebody took windows for doors. */
  static final FacadeStyle STYLE = FacadeStyle.TIMBER;

  /** Training buildings of its database, the first of those that the network was trained on. */
  static final int BUILDINGS = 48;

  /** Unseen buildings of the style, of which the one with the plainest mistake is shown. */
  private static final int TRIED = 2;

  private static final int VOTES = 5;

  /** Training buildings whose own distances say what is near. */
  private static final int CALIBRATING = 2;

  Case {
    suspects = List.copyOf(suspects);
  }

  /** An unseen building with its plainest mistake. */
  private record Mistake(Facade building, Matched matched, Judgement.Region region) {}

  /** Writes its training buildings, as somebody labelled them. */
  static void generate(Path data, Progress progress) throws IOException {
    FacadeFolder.write(
        data,
        new FacadeFolder.Settings(
            BUILDINGS,
            ShippedModel.SIZE,
            ShippedModel.TRAINING_SEED,
            org.compnn.generate.Direction.PHOTOS,
            false,
            Optional.of(STYLE)),
        progress);
  }

  /**
   * Looks for the plainest mistake on unseen buildings.
   *
   * @param compnn the case's database
   * @param right a network that was trained on right labels
   * @param seed names the street of the unseen buildings
   * @return nothing where no window is taken for a door, which a demo of other buildings may find
   */
  static Optional<Case> of(CompNN compnn, CompNN right, long seed) {
    Judge judge = Judge.of(compnn, Options.defaults().topK(VOTES));
    References references =
        judge.references(
            EvenSample.of(judge.calibrating(), CALIBRATING).stream()
                .flatMap(exemplar -> judge.sample(exemplar).stream())
                .toList());
    List<Facade> buildings =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> Facades.generate(seed, i, ShippedModel.SIZE))
            .filter(building -> building.style() == STYLE)
            .limit(TRIED)
            .toList();
    return buildings.stream()
        .flatMap(
            building -> {
              Matched matched =
                  judge.match(
                      new Query(STYLE.label(), building.photo(), Optional.of(building.labels())));
              return judge.judge(matched, references).regions().stream()
                  .filter(Case::isDoorForWindow)
                  .map(region -> new Mistake(building, matched, region));
            })
        .max(Comparator.comparingInt(mistake -> mistake.region().mask().pixels().cardinality()))
        .map(mistake -> of(compnn, right, mistake));
  }

  private static boolean isDoorForWindow(Judgement.Region region) {
    return region.truth() == FacadeClass.WINDOW.code() && region.given() == FacadeClass.DOOR.code();
  }

  private static Case of(CompNN compnn, CompNN right, Mistake mistake) {
    var field = mistake.matched().found().field();
    Picture photo = mistake.building().photo();
    return new Case(
        mistake.building(),
        mistake.matched().output(),
        Composition.paste(
            field, compnn.database()::target, photo.height(), photo.width(), compnn.workers()),
        Composition.paste(
            field, Case::rightLabels, photo.height(), photo.width(), compnn.workers()),
        right.run(photo).output(),
        mistake.region(),
        IntStream.range(0, BUILDINGS)
            .filter(i -> isMistaken((LabelMap) compnn.database().target(i), rightLabels(i)))
            .boxed()
            .toList());
  }

  private static boolean isMistaken(LabelMap given, LabelMap right) {
    return !Arrays.equals(given.classes(), right.classes());
  }

  /** The labels that a training building should have. */
  static LabelMap rightLabels(int exemplar) {
    return Facades.generate(ShippedModel.TRAINING_SEED, exemplar, ShippedModel.SIZE).labels();
  }

  /** Pixels of windows in the building. */
  long windows() {
    return IntStream.range(0, building.labels().classes().length)
        .filter(i -> building.labels().classes()[i] == FacadeClass.WINDOW.code())
        .count();
  }

  /** Pixels of windows that an answer calls doors. */
  long doors(Raster answer) {
    LabelMap said = (LabelMap) answer;
    LabelMap truth = building.labels();
    return IntStream.range(0, truth.classes().length)
        .filter(
            i ->
                truth.classes()[i] == FacadeClass.WINDOW.code()
                    && said.classes()[i] == FacadeClass.DOOR.code())
        .count();
  }
}
