package dev.espalier.api.method.tenas;

import dev.espalier.api.method.Findings;
import dev.espalier.api.view.TrainingView;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers behind the plots of TE-NAS.
 *
 * @param method {@code te-nas}
 * @param edges of the cell, in the order of every list that is "by edge"
 * @param operators that took part, in the space's order
 * @param start the operators of each edge before the first round
 * @param totalRounds how many rounds pruning takes; 0 while that is not known
 * @param rounds the finished rounds
 * @param current the round that is being measured
 * @param found the architecture that is left
 * @param trainings the found architecture first, then the random ones
 */
@OpenAPIExtraSchema
public record TeNasFindings(
    String method,
    List<EdgeView> edges,
    List<String> operators,
    List<List<String>> start,
    int totalRounds,
    List<Round> rounds,
    @Nullable CurrentRound current,
    @Nullable Found found,
    List<TrainingView> trainings)
    implements Findings {
  public TeNasFindings {
    edges = List.copyOf(edges);
    operators = List.copyOf(operators);
    start = List.copyOf(start);
    rounds = List.copyOf(rounds);
    trainings = List.copyOf(trainings);
  }

  /**
   * @param cell which of several types of cells it belongs to; null where there is one
   */
  public record EdgeView(int target, int source, @Nullable String cell) {}

  /**
   * A finished round.
   *
   * @param round from 0
   * @param before the operators by edge; {@code after} likewise
   * @param condition mean NTK condition number of the network before the round; null where singular
   * @param regions its mean number of linear regions
   * @param saturated whether some count was too near its sample size to mean much
   */
  public record Round(
      int round,
      List<List<String>> before,
      List<List<String>> after,
      @Nullable Double condition,
      @Nullable Double regions,
      boolean saturated,
      List<Candidate> candidates) {
    public Round {
      before = List.copyOf(before);
      after = List.copyOf(after);
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * An operator that could be removed, and what its removal did.
   *
   * @param conditionDelta relative fall of the condition number; null where singular
   * @param regionDelta relative fall of the number of linear regions
   * @param conditionRank 0 is removed first
   */
  public record Candidate(
      int number,
      int edge,
      String operator,
      @Nullable Double conditionDelta,
      double regionDelta,
      int conditionRank,
      int regionRank,
      boolean singular,
      boolean removed) {}

  /** How far the round in hand is, in measurements. */
  public record CurrentRound(int round, int done, int total) {}

  /**
   * @param edges those that are left
   * @param operators the operator of each of them
   * @param parameters of the space's standard network; {@code macs} likewise
   * @param condition the found architecture's own indicator; {@code regions} likewise
   */
  public record Found(
      String architecture,
      List<EdgeView> edges,
      List<String> operators,
      long parameters,
      long macs,
      @Nullable Double condition,
      @Nullable Double regions,
      List<TableAccuracy> table) {
    public Found {
      edges = List.copyOf(edges);
      operators = List.copyOf(operators);
      table = List.copyOf(table);
    }
  }

  /** An accuracy from an imported table, a ratio. */
  public record TableAccuracy(String column, double accuracy) {}
}
