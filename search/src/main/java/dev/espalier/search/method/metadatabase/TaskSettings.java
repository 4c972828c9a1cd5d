package dev.espalier.search.method.metadatabase;

import dev.espalier.search.settings.Require;

/**
 * Which tasks there are, and how many architectures are evaluated on each.
 *
 * @param tasks how many
 * @param classes of each task
 * @param architectures of each task, all different
 * @param validationTasks how many of the tasks are kept for validation, {@code testTasks} for tests
 * @param taskDatabase the name of an imported meta-database whose tasks are taken; empty to draw
 *     them
 * @param tolerated the share of all trainings that may fail without ending the experiment
 */
public record TaskSettings(
    int tasks,
    int classes,
    int architectures,
    int validationTasks,
    int testTasks,
    String taskDatabase,
    double tolerated) {
  public TaskSettings {
    Require.positive("tasks", tasks);
    Require.positive("classes", classes);
    Require.positive("architectures", architectures);
    Require.notNegative("validationTasks", validationTasks);
    Require.notNegative("testTasks", testTasks);
    Require.present("taskDatabase", taskDatabase);
    Require.notNegative("tolerated", tolerated);
  }

  /** All that is evaluated. */
  public int evaluations() {
    return Math.multiplyExact(tasks, architectures);
  }
}
