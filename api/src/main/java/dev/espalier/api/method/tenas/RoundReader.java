package dev.espalier.api.method.tenas;

import dev.espalier.api.method.tenas.TeNasFindings.Candidate;
import dev.espalier.api.method.tenas.TeNasFindings.Round;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.workflows.method.tenas.RoundView;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One recorded pruning round as a plot shows it. */
final class RoundReader {
  private RoundReader() {}

  static Round read(RoundView round) {
    return new Round(
        round.round(),
        byEdge(Supernet.parse(round.before())),
        byEdge(Supernet.parse(round.after())),
        mean(round.unpruned().conditions()),
        mean(round.unpruned().regions()),
        round.unpruned().saturated(),
        round.candidates().stream()
            .map(each -> candidate(each, round.removed().contains(each.number())))
            .toList());
  }

  /** The labels of the active operators of each edge. */
  static List<List<String>> byEdge(Supernet supernet) {
    return IntStream.range(0, supernet.edges()).mapToObj(supernet::labels).toList();
  }

  private static Candidate candidate(RoundView.CandidateView ranked, boolean removed) {
    return new Candidate(
        ranked.number(),
        ranked.edge(),
        ranked.operator(),
        ranked.conditionDelta(),
        ranked.regionDelta(),
        ranked.conditionRank(),
        ranked.regionRank(),
        ranked.singular(),
        removed);
  }

  private static @Nullable Double mean(List<? extends @Nullable Double> values) {
    double[] known =
        values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray();
    return known.length == 0 ? null : Statistics.mean(known);
  }
}
