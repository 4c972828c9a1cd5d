package dev.espalier.workflows.determinism;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Workflow code is replayed: it must do the same each time. All of this module is workflow code but
 * the package {@code client}. That nothing iterates over an unordered collection cannot be seen in
 * bytecode; that none is made can, but for {@code Map.of} and {@code Set.of}, whose order changes
 * from process to process: they are for values that are looked up or written as canonical JSON.
 */
final class WorkflowCodeTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.espalier.workflows");

  private static final JavaClasses WORKFLOW_CODE =
      MODULE.that(
          DescribedPredicate.describe(
              "are workflow code",
              type -> !type.getPackageName().equals("dev.espalier.workflows.client")));

  private static final Set<Class<?>> FORBIDDEN_CLASSES =
      Set.of(
          System.class,
          Runtime.class,
          Thread.class,
          ThreadLocal.class,
          ProcessHandle.class,
          Random.class,
          SplittableRandom.class,
          Clock.class,
          Date.class,
          HashMap.class,
          HashSet.class,
          IdentityHashMap.class,
          WeakHashMap.class,
          LoggerFactory.class);

  private static final Set<String> FORBIDDEN_PACKAGES =
      Set.of("java.io", "java.net", "java.nio", "java.security", "java.util.concurrent");

  private static final Set<String> FORBIDDEN_METHODS =
      Set.of(
          "now",
          "randomUUID",
          "random",
          "parallel",
          "parallelStream",
          "toSet",
          "toMap",
          "groupingBy");

  private static final ArchRule NOTHING_FORBIDDEN =
      noClasses()
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "differs from one replay to the next", WorkflowCodeTest::isForbidden));

  private static final ArchRule NO_STATIC_STATE =
      fields().that().areStatic().should().beFinal().allowEmptyShould(true);

  private static final ArchRule NO_CLIENTS =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("io.temporal.client..");

  private static final ArchRule NO_OTHER_ROOMS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..",
              "com.mongodb..",
              "org.bson..",
              "io.micronaut..",
              "io.micrometer..",
              "dev.espalier.learning..",
              "dev.espalier.store..",
              "dev.espalier.activities..",
              "dev.espalier.workers..",
              "dev.espalier.api..",
              "dev.espalier.cli..");

  private static boolean isForbidden(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String accessed = owner.getPackageName();
    return FORBIDDEN_CLASSES.stream().anyMatch(owner::isEquivalentTo)
        || FORBIDDEN_PACKAGES.stream()
            .anyMatch(name -> accessed.equals(name) || accessed.startsWith(name + "."))
        || (accessed.startsWith("java.") && FORBIDDEN_METHODS.contains(access.getName()));
  }

  static Stream<ArchRule> rules() {
    return Stream.of(NOTHING_FORBIDDEN, NO_STATIC_STATE, NO_CLIENTS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void workflowCodeDoesTheSameInEveryReplay(ArchRule rule) {
    assertThat(WORKFLOW_CODE.size()).isGreaterThan(30);
    rule.check(WORKFLOW_CODE);
  }

  @Test
  void theModuleSeesNeitherTensorsNorTheStoreNorTheServer() {
    NO_OTHER_ROOMS.check(MODULE);
  }

  static List<Class<?>> offences() {
    return Arrays.stream(Offences.class.getDeclaredClasses()).toList();
  }

  @ParameterizedTest
  @MethodSource("offences")
  void anOffenceIsSeen(Class<?> offence) {
    JavaClasses imported = new ClassFileImporter().importClasses(offence);
    assertThat(rules().filter(rule -> rule.evaluate(imported).hasViolation())).hasSize(1);
  }
}
