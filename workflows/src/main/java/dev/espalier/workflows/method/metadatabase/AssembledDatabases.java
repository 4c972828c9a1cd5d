package dev.espalier.workflows.method.metadatabase;

import java.util.List;

/**
 * The two databases, which are in the catalogue of data by their names.
 *
 * @param generator of which the best of each task are the rows
 * @param predictor of which all are
 * @param rows SHA-256 of an artifact: a JSON array of {@link TaskSummary}, in the tasks' order
 * @param mean of all validation accuracies, {@code deviation} theirs (n - 1), 0 below two
 * @param histogram how many accuracies lie in each tenth from 0 to 1
 * @param best the highest accuracy of all
 */
public record AssembledDatabases(
    Database generator,
    Database predictor,
    String rows,
    double mean,
    double deviation,
    List<Integer> histogram,
    TaskSummary best) {
  public AssembledDatabases {
    histogram = List.copyOf(histogram);
  }

  /**
   * A database in the catalogue.
   *
   * @param rows SHA-256 of its file
   * @param count how many rows it has
   */
  public record Database(String name, String rows, int count) {}

  /**
   * A task in short. Accuracies are ratios, on the validation images of the task.
   *
   * @param classes their names
   * @param evaluated architectures that have an accuracy
   * @param architecture the best of them
   * @param accuracy of the best
   */
  public record TaskSummary(
      String name,
      String split,
      List<String> classes,
      int evaluated,
      String architecture,
      double accuracy,
      double mean,
      double worst) {
    public TaskSummary {
      classes = List.copyOf(classes);
    }
  }
}
