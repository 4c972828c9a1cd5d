package dev.espalier.workflows.method.metad2a;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.latency.LatencyTable.Latency;
import dev.espalier.workflows.evaluation.Accuracy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search by MetaD2A. Accuracies are ratios.
 *
 * @param architecture no. 1 of the ranking: what the search proposes before anything is evaluated
 * @param parameters of its network; {@code macs} of its convolutions, one image
 * @param accuracy of it; null where its test accuracy is not known
 * @param groups the ranked, and the baselines beside them
 * @param tau Kendall's, of the scores of all that was evaluated and their validation accuracies;
 *     null where nothing can be ranked
 * @param weights SHA-256 of its trained weights; null where it was looked up
 * @param latency of it; null where no latencies are named
 * @param seen whether the models learned from tasks of these very images
 */
public record MetaD2aResult(
    String architecture,
    long parameters,
    long macs,
    @Nullable Accuracy accuracy,
    List<Evaluated> groups,
    @Nullable Double tau,
    @Nullable String weights,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Latency latency,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean seen) {
  /** What a search comes to for images that its models learned from, for people. */
  public static final String SEEN =
      "The models learned from tasks of these very images: this shows how a search goes, not what it finds "
          + "for images that were never seen. Give images of your own with --data.";

  public MetaD2aResult {
    groups = List.copyOf(groups);
  }

  /**
   * One way of searching.
   *
   * @param name as in {@link RankingResult.Group}
   * @param evaluated architectures that have an accuracy; {@code failed} have not
   * @param first the one that it would have proposed; null where that one failed
   * @param best the one with the highest validation accuracy; null where all failed
   * @param bestTest the highest test accuracy of all of them, which only an oracle can choose: what
   *     the paper reports for CIFAR; null where one is not known
   * @param mean validation accuracy of all; null where all failed
   * @param meanTest test accuracy of all; null where one is not known
   */
  public record Evaluated(
      String name,
      int evaluated,
      int failed,
      @Nullable Judged first,
      @Nullable Judged best,
      @Nullable Double bestTest,
      @Nullable Double mean,
      @Nullable Double meanTest) {}

  public record Judged(String architecture, double validation, @Nullable Double test) {}
}
