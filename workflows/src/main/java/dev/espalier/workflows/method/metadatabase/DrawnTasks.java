package dev.espalier.workflows.method.metadatabase;

/**
 * The tasks, and what is evaluated on them.
 *
 * @param tasks how many
 * @param evaluations architectures of all tasks
 * @param rows SHA-256 of an artifact: a JSON array of {@link
 *     dev.espalier.search.method.metadatabase.PlannedTask}
 */
public record DrawnTasks(int tasks, int evaluations, String rows) {}
