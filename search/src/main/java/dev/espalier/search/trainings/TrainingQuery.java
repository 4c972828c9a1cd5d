package dev.espalier.search.trainings;

/**
 * What is asked of a cell: which number of its trainings of so many epochs.
 *
 * @param epochs the budget that the training was made for, whose learning rate follows it: halfway
 *     through 108 epochs is not the end of 54
 */
public record TrainingQuery(int epochs, Moment moment, Metric metric) {
  /** The longest training that benchmarks of cells publish. */
  public static final int PUBLISHED_EPOCHS = 108;

  /** The validation accuracy at the end. */
  public static TrainingQuery validation(int epochs) {
    return new TrainingQuery(epochs, Moment.FINAL, Metric.VALIDATION);
  }

  /** The test accuracy at the end. */
  public static TrainingQuery test(int epochs) {
    return new TrainingQuery(epochs, Moment.FINAL, Metric.TEST);
  }

  /** Whether it is of those whose crashes the published program repairs. */
  boolean isPublished() {
    return epochs == PUBLISHED_EPOCHS
        && moment == Moment.FINAL
        && (metric == Metric.VALIDATION || metric == Metric.TEST);
  }
}
