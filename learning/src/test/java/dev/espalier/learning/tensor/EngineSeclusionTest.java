package dev.espalier.learning.tensor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The engine's traps are closed in one package only, so nobody else may reach the engine. */
@AnalyzeClasses(
    packages = "dev.espalier.learning",
    importOptions = ImportOption.DoNotIncludeTests.class)
class EngineSeclusionTest {
  @ArchTest
  static final ArchRule onlyTheTensorPackageReachesTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.espalier.learning.tensor")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule theEngineIsNotHandedOut =
      noMethods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.espalier.learning.tensor")
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should()
          .haveRawReturnType(JavaClass.Predicates.resideInAPackage("ai.djl.."));

  /** {@code NDArray} arithmetic makes scalars that alias Java memory; {@code JniUtils} does not. */
  @ArchTest
  static final ArchRule arithmeticOfTheEngineIsNotUsed =
      noClasses()
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(
                  DescribedPredicate.describe(
                      "arithmetic of NDArray",
                      target ->
                          target.getOwner().getFullName().matches("ai\\.djl\\..*NDArray(Ex)?")
                              && target
                                  .getName()
                                  .matches("(add|sub|mul|div|mod|pow|create|like)i?"))));
}
