package dev.espalier.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A method and a space have one folder in each module, which nobody else knows: they are found by
 * the module's list.
 */
final class FoldersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.espalier");

  private static final JavaClasses PLANTED =
      new ClassFileImporter().importPackages("dev.espalier.cli.planted");

  private static final Pattern FOLDER =
      Pattern.compile("dev\\.espalier\\..*\\b(method|space)\\.(\\w+)");

  /** The folders that there are, as {@code method.tenas}. */
  static Stream<String> folders() {
    return folders(CLASSES);
  }

  private static Stream<String> folders(JavaClasses classes) {
    return classes.stream()
        .map(JavaClass::getPackageName)
        .map(FOLDER::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1) + "." + matcher.group(2))
        .distinct()
        .sorted();
  }

  private static ArchRule knownOnlyInside(String folder) {
    return noClasses()
        .that()
        .resideOutsideOfPackage("dev.espalier.." + folder + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.espalier.." + folder + "..");
  }

  private static ArchRule withoutCycles(String packages) {
    return slices().matching(packages).should().beFreeOfCycles();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("folders")
  void a_folder_is_known_only_inside(String folder) {
    knownOnlyInside(folder).check(CLASSES);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"search", "learning", "store", "workflows", "activities", "workers", "api", "cli"})
  void the_packages_of_a_module_have_no_cycle(String room) {
    withoutCycles("dev.espalier." + room + ".(**)").check(CLASSES);
  }

  @Test
  void what_is_planted_against_the_rules_is_found() {
    assertThat(folders(PLANTED)).containsExactly("method.first", "method.second", "space.first");
    for (String folder : List.of("method.first", "space.first")) {
      assertThat(knownOnlyInside(folder).evaluate(PLANTED).hasViolation()).as(folder).isTrue();
    }
    assertThat(knownOnlyInside("method.second").evaluate(PLANTED).hasViolation()).isFalse();
    assertThat(
            withoutCycles("dev.espalier.cli.planted.(**)")
                .evaluate(PLANTED)
                .getFailureReport()
                .getDetails())
        .singleElement()
        .asString()
        .contains("cycle.one", "cycle.two");
  }
}
