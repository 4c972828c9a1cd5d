package dev.espalier.search.method.metadatabase;

import dev.espalier.search.meta.MetaSplit;
import java.util.List;

/**
 * A task, and the architectures that are evaluated on it.
 *
 * @param classes numbers of the data's classes
 * @param architectures canonical strings, all different
 */
public record PlannedTask(
    String name, List<Integer> classes, MetaSplit split, List<String> architectures) {
  public PlannedTask {
    classes = List.copyOf(classes);
    architectures = List.copyOf(architectures);
  }
}
