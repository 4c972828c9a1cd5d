package dev.espalier.workflows.method.random;

import dev.espalier.workflows.evaluation.Accuracy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of random search. Accuracies are ratios.
 *
 * @param architecture the one with the highest validation accuracy, canonical string
 * @param parameters of its network; {@code macs} of its convolutions, one image
 * @param evaluated architectures that have an accuracy; {@code failed} of those drawn have not
 * @param validation accuracy of the best
 * @param accuracy of the best; null where its test accuracy is not known
 * @param mean validation accuracy of all; {@code deviation} theirs (n - 1), null below two
 * @param expected the expected best of fewer draws and of as many, fewest first
 * @param weights SHA-256 of the best one's trained weights; null where it was looked up
 */
public record RandomResult(
    String architecture,
    long parameters,
    long macs,
    int evaluated,
    int failed,
    double validation,
    @Nullable Accuracy accuracy,
    double mean,
    @Nullable Double deviation,
    List<Expected> expected,
    @Nullable String weights) {
  public RandomResult {
    expected = List.copyOf(expected);
  }

  /**
   * What the best on the validation images of so many random architectures comes to in the mean, if
   * they are drawn from those that were evaluated.
   *
   * @param architectures how many are drawn
   * @param test accuracy of whichever is the best on the validation images; null where it is not
   *     known of all
   */
  public record Expected(int architectures, double validation, @Nullable Double test) {}
}
