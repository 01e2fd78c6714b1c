package org.compnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages depend on each other in one direction only. */
final class ArchitectureTest {
  private static final List<String> ORDER =
      List.of(
          "threads",
          "problem",
          "progress",
          "npy",
          "image",
          "kernels",
          "network",
          "dataset",
          "database",
          "search",
          "compose",
          "measure",
          "report");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.compnn");

  static List<String> order() {
    return ORDER;
  }

  @ParameterizedTest
  @MethodSource("order")
  void aPackageUsesOnlyThoseToItsLeft(String name) {
    String[] right =
        ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
            .map(p -> "org.compnn." + p + "..")
            .toArray(String[]::new);
    if (right.length > 0) {
      noClasses()
          .that()
          .resideInAPackage("org.compnn." + name + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(right)
          .allowEmptyShould(true)
          .check(CLASSES);
    }
    noClasses()
        .that()
        .resideInAPackage("org.compnn." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.compnn")
        .allowEmptyShould(true)
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
  void onlyASearchStandardises() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.compnn.search..")
        .should()
        .callMethod(CellStore.class, "standardise", FeatureMap.class)
        .check(CLASSES);
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
}
