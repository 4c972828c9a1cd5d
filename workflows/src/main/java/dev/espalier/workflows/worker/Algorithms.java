package dev.espalier.workflows.worker;

import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.Plans;
import java.util.Set;
import java.util.TreeSet;

/**
 * The algorithms that a build computes, by name: the method, the stage and the revision, such as
 * {@code gnn-evolution/evolve/2}.
 */
public record Algorithms(Set<String> names) {
  public Algorithms {
    names = Set.copyOf(names);
  }

  /** Those of this build: one revision of each. */
  public static Algorithms ofThisBuild() {
    Set<String> names = new TreeSet<>();
    for (MethodPlan method : Plans.all()) {
      method.stages().forEach(stage -> names.add(stage.algorithmOf(method.method())));
    }
    return new Algorithms(names);
  }

  boolean computes(String name) {
    return names.contains(name);
  }

  /** What to do about one that this build does not compute. */
  String refusal(String name) {
    String stage = name.substring(0, name.lastIndexOf('/') + 1);
    return ("this worker is of another build: of %s it computes revision %s, not %s. "
            + "It is left to a worker of the build that launched the experiment")
        .formatted(
            stage.substring(0, stage.length() - 1),
            names.stream()
                .filter(each -> each.startsWith(stage))
                .map(each -> each.substring(stage.length()))
                .sorted()
                .findFirst()
                .orElse("none"),
            name.substring(stage.length()));
  }
}
