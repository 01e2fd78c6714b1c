package org.compnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages depend on each other in one direction only. */
final class ArchitectureTest {
  /** Every package, each after all that it may use. */
  private static final List<String> ORDER =
      List.of(
          "org.compnn.problem",
          "org.compnn.progress",
          "org.compnn.threads",
          "org.compnn.files",
          "org.compnn.npy",
          "org.compnn.image",
          "org.compnn.measure",
          "org.compnn.kernels",
          "org.compnn.network.graph",
          "org.compnn.network.geometry",
          "org.compnn.network.run",
          "org.compnn.network",
          "org.compnn.dataset",
          "org.compnn.database",
          "org.compnn.database.build",
          "org.compnn.search",
          "org.compnn.search.exact",
          "org.compnn.search.lists",
          "org.compnn.search.field",
          "org.compnn.compose",
          "org.compnn.explain",
          "org.compnn",
          "org.compnn.study",
          "org.compnn.viewer",
          "org.compnn.report");

  /** What the ONNX schema is compiled to; only the graph and what runs it know it. */
  private static final String GENERATED = "onnx";

  /** The driver that tests use, which stands beside the core's classes while they are tested. */
  private static final String BROWSER = "org.compnn.browser";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages("org.compnn");

  static IntStream places() {
    return IntStream.range(0, ORDER.size() - 1);
  }

  @ParameterizedTest
  @MethodSource("places")
  void aPackageUsesOnlyThoseBeforeIt(int place) {
    noClasses()
        .that()
        .resideInAPackage(ORDER.get(place))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ORDER.subList(place + 1, ORDER.size()).toArray(String[]::new))
        .check(CLASSES);
  }

  private static final List<String> SEARCH = List.of("exact", "lists", "field");

  static List<String> searches() {
    return SEARCH;
  }

  @ParameterizedTest
  @MethodSource("searches")
  void aRoomOfTheSearchUsesOnlyThoseToItsLeft(String name) {
    List<String> left = SEARCH.subList(0, SEARCH.indexOf(name));
    noClasses()
        .that()
        .resideInAnyPackage(
            Stream.concat(Stream.of("org.compnn.search"), left.stream().map(ArchitectureTest::room))
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(room(name))
        .check(CLASSES);
  }

  private static String room(String name) {
    return "org.compnn.search." + name + "..";
  }

  @Test
  void everyPackageHasItsPlace() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackage)
                .map(JavaPackage::getName)
                .filter(name -> !name.endsWith(GENERATED) && !name.equals(BROWSER))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(ORDER);
  }

  @Test
  void onlyTheKernelsUseTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.compnn.kernels")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void onlyTheViewerAndReportsKnowJsonOfExplanations() {
    noClasses()
        .that()
        .resideInAnyPackage("org.compnn.explain", "org.compnn", "org.compnn.study")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(CLASSES);
  }

  @Test
  void onlySearchesStandardiseAndTheMapOfPicturesInTheSameNumbers() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.compnn.search..", "org.compnn.database")
        .and()
        .doNotHaveFullyQualifiedName("org.compnn.study.Judge")
        .should()
        .callMethod(CellStore.class, "standardise", FeatureMap.class)
        .check(CLASSES);
  }
}
