package org.compnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages depend on each other in one direction only. */
final class ArchitectureTest {
  private static final List<String> ORDER =
      List.of(
          "problem",
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

  /** The rooms of a package that has several, in their order; the package itself comes last. */
  private static final Map<String, List<String>> ROOMS =
      Map.of("network", List.of("onnx", "graph", "geometry", "run"));

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

  static Stream<Arguments> rooms() {
    return ROOMS.entrySet().stream()
        .flatMap(e -> e.getValue().stream().map(room -> Arguments.of(e.getKey(), room)));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyThoseBeforeItAndNeverItsPackage(String parent, String room) {
    List<String> rooms = ROOMS.getOrDefault(parent, List.of());
    String[] right =
        Stream.concat(
                Stream.of("org.compnn." + parent),
                rooms.subList(rooms.indexOf(room) + 1, rooms.size()).stream()
                    .map(r -> "org.compnn." + parent + "." + r + ".."))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("org.compnn." + parent + "." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(right)
        .check(CLASSES);
  }
}
