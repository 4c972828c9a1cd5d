package dev.espalier.workflows.method.metad2a;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was ranked, and what is evaluated. The stage that evaluates reads {@code count} and {@code
 * architectures}.
 *
 * @param count of the architectures that are evaluated, all different
 * @param architectures SHA-256 of an artifact: them in their order
 * @param ranked SHA-256 of an artifact: all candidates, the best first, canonical strings
 * @param scores of the candidates, the best first; long lists are thinned
 * @param groups who evaluates what, of the evaluated architectures
 * @param scaled whether a score is an accuracy, a ratio
 */
public record RankingResult(
    int count,
    String architectures,
    String ranked,
    List<Double> scores,
    List<Group> groups,
    boolean scaled) {
  public RankingResult {
    scores = List.copyOf(scores);
    groups = List.copyOf(groups);
  }

  /**
   * Architectures that stand for one way of searching.
   *
   * @param name {@code top}, {@code unranked}, {@code random} or {@code transfer}
   * @param members in its own order, the best by its own lights first
   */
  public record Group(String name, List<Member> members) {
    public static final String TOP = "top";
    public static final String UNRANKED = "unranked";
    public static final String RANDOM = "random";
    public static final String TRANSFER = "transfer";

    public Group {
      members = List.copyOf(members);
    }
  }

  /**
   * @param score of the predictor
   */
  public record Member(String architecture, @Nullable Double score) {}
}
