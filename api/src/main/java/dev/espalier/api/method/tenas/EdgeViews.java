package dev.espalier.api.method.tenas;

import dev.espalier.api.method.tenas.TeNasFindings.EdgeView;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.EdgeEnds;
import dev.espalier.search.space.PlacedOperator;
import dev.espalier.search.space.Supernet;
import java.util.List;
import java.util.stream.IntStream;

/** The edges of a space by their ends, numbered as its notation does. */
final class EdgeViews {
  private EdgeViews() {}

  /** The edges that are left of a supernet, and what is on them. */
  record Found(List<EdgeView> edges, List<String> operators) {}

  static List<EdgeView> all(Supernet supernet) {
    return IntStream.range(0, supernet.edges())
        .mapToObj(edge -> view(supernet.ends(edge)))
        .toList();
  }

  static Found found(Architecture architecture) {
    List<PlacedOperator> placed = architecture.placed();
    return new Found(
        placed.stream().map(each -> view(each.edge())).toList(),
        placed.stream().map(PlacedOperator::operator).toList());
  }

  private static EdgeView view(EdgeEnds edge) {
    return new EdgeView(edge.target(), edge.source(), edge.cell().isEmpty() ? null : edge.cell());
  }
}
