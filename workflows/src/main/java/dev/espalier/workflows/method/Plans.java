package dev.espalier.workflows.method;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.HasPrerequisites;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Specification;
import dev.espalier.search.providers.Providers;
import dev.espalier.workflows.stage.Prerequisite;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plans of the methods, as {@code META-INF/services} lists them. */
public final class Plans {
  private static final List<MethodPlan> ALL = Providers.of(MethodPlan.class);

  private Plans() {}

  public static List<MethodPlan> all() {
    return ALL;
  }

  /** The stages of a method, in order. */
  public static List<StagePlan> of(String method) {
    return named(method).stages();
  }

  /** What is made first for a specification, in order. */
  public static List<Prerequisite> prerequisites(Specification specification) {
    return specification instanceof HasPrerequisites first
        ? first.prerequisites().stream()
            .map(each -> new Prerequisite(each.method(), each.canonical(), of(each.method())))
            .toList()
        : List.of();
  }

  /** All stages of an experiment as they are called in it: what is made first, then its own. */
  public static Map<String, StagePlan> byName(Specification specification) {
    Map<String, StagePlan> stages = new LinkedHashMap<>();
    for (Prerequisite first : prerequisites(specification)) {
      first.plan().forEach(stage -> stages.put(first.stageName(stage.name()), stage));
    }
    of(specification.method()).forEach(stage -> stages.put(stage.name(), stage));
    return stages;
  }

  /**
   * The plan of a method.
   *
   * @throws dev.espalier.search.failure.InvalidInput if there is none
   */
  public static MethodPlan named(String method) {
    return Methods.of(method, ALL, MethodPlan::method);
  }

  /** The plan that a stage belongs to. */
  public static MethodPlan of(StageInput input) {
    return named(Json.read(input.specification(), Specification.class).method());
  }
}
