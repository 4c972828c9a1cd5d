package dev.espalier.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rooms and arrows of the design: what each module may know, and nothing else. */
final class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.espalier");

  private static final List<String> ROOMS =
      List.of("search", "learning", "store", "workflows", "activities", "workers", "api", "cli");

  private static final Map<String, List<String>> MAY_KNOW =
      Map.of(
          "search", List.of(),
          "learning", List.of("search"),
          "store", List.of("search"),
          "workflows", List.of("search"),
          "activities", List.of("search", "learning", "store", "workflows"),
          "workers", List.of("search", "learning", "store", "workflows", "activities"),
          "api", List.of("search", "store", "workflows"),
          "cli", ROOMS);

  @ParameterizedTest(name = "{0} knows only what it may")
  @FieldSource("ROOMS")
  void arrows_run_one_way(String room) {
    String[] forbidden =
        ROOMS.stream()
            .filter(other ->
                !other.equals(room) && !MAY_KNOW.getOrDefault(room, List.of()).contains(other))
            .map(other -> "dev.espalier." + other + "..")
            .toArray(String[]::new);
    if (forbidden.length > 0) {
      noClasses()
          .that()
          .resideInAPackage("dev.espalier." + room + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(forbidden)
          .check(CLASSES);
    }
  }

  @Test
  void tensors_stay_in_learning_and_documents_in_the_store() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.espalier.learning..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.espalier.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.mongodb..", "org.bson..", "de.bwaldvogel..")
        .check(CLASSES);
  }

  @Test
  void a_researcher_can_use_search_and_learning_without_temporal() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.espalier.search..", "dev.espalier.learning..", "dev.espalier.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.temporal..", "io.micronaut..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void packages_go_by_subject_never_by_kind() {
    String[] kinds =
        Stream.of("util", "utils", "helper", "helpers", "common", "misc", "impl", "dto", "model")
            .map(kind -> "dev.espalier.." + kind + "..")
            .toArray(String[]::new);
    noClasses().should().resideInAnyPackage(Arrays.copyOf(kinds, kinds.length)).check(CLASSES);
  }
}
