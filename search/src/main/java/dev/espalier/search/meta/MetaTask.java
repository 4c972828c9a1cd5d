package dev.espalier.search.meta;

import dev.espalier.search.failure.InvalidInput;
import java.util.HashSet;
import java.util.List;

/**
 * A task: classes of an image collection, to be told apart.
 *
 * @param name unique in its database
 * @param classes numbers of the collection's classes, from 0, all different, in the task's own
 *     order; empty where a database was imported without them
 */
public record MetaTask(String name, List<Integer> classes) {
  public MetaTask {
    classes = List.copyOf(classes);
    if (name.isBlank()) {
      throw new InvalidInput("a task needs a name");
    }
    if (classes.stream().anyMatch(each -> each < 0)) {
      throw new InvalidInput(
          "%s: classes are numbered from 0, but one is %d"
              .formatted(name, classes.stream().min(Integer::compare).orElseThrow()));
    }
    if (new HashSet<>(classes).size() < classes.size()) {
      throw new InvalidInput("%s: names a class twice: %s".formatted(name, classes));
    }
  }
}
