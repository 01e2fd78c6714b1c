package org.compnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages depend on each other in one direction only. */
final class ArchitectureTest {
  private static final List<String> ORDER =
      List.of(
          "problem",
          "files",
          "progress",
          "npy",
          "image",
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
}
