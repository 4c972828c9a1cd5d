package dev.espalier.search.method;

/** A specification whose models learn from meta-databases and features of the catalogue of data. */
public interface LearnsFromTasks extends Specification {
  /** Which of them. */
  Sources sources();

  /**
   * What is learned from, each by its name; empty for the newest that fits.
   *
   * @param group of settings that names them, such as {@code tasks}
   * @param generator the meta-database of the best of each task; {@code predictor} that of all
   * @param features of the images that the tasks' classes belong to
   * @param perClass images of each class that are drawn at once, at most
   */
  record Sources(String group, String generator, String predictor, String features, int perClass) {
    /** Whether nothing is named. */
    public boolean isOpen() {
      return generator.isEmpty() && predictor.isEmpty() && features.isEmpty();
    }
  }
}
