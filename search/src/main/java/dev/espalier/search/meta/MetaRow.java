package dev.espalier.search.meta;

import dev.espalier.search.failure.InvalidInput;

/**
 * A row of a meta-database: what an architecture reached on a task.
 *
 * @param task number of the task, from 0
 * @param architecture canonical string
 * @param accuracyPercent of the trained network, 0 to 100
 */
public record MetaRow(int task, String architecture, double accuracyPercent, MetaSplit split) {
  public MetaRow {
    if (task < 0) {
      throw new InvalidInput("tasks are numbered from 0, but a row names task %d".formatted(task));
    }
    if (architecture.isBlank()) {
      throw new InvalidInput("a row needs an architecture");
    }
    if (!(accuracyPercent >= 0 && accuracyPercent <= 100)) {
      throw new InvalidInput(
          "%s: an accuracy is between 0 and 100 percent, but was %s"
              .formatted(architecture, accuracyPercent));
    }
  }
}
