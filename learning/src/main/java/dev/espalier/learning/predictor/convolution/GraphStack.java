package dev.espalier.learning.predictor.convolution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The graphs of a batch as one: their vertices one after another. */
final class GraphStack {
  private final Map<VertexGraph, Propagation> known = new HashMap<>();
  final Links along = new Links();
  final Links against = new Links();
  final Links alongBack = new Links();
  final Links againstBack = new Links();

  /** The kind of each vertex. */
  int[] kinds = {};

  /** Where each graph's vertices begin; behind the last, their number. */
  int[] first = new int[1];

  /** Takes these graphs instead of those before; one that comes again and again is known. */
  void put(List<VertexGraph> graphs) {
    List<Propagation> all =
        graphs.stream().map(graph -> known.computeIfAbsent(graph, Propagation::of)).toList();
    first = new int[graphs.size() + 1];
    for (int b = 0; b < all.size(); b++) {
      first[b + 1] = first[b] + all.get(b).vertices();
    }
    kinds = new int[vertices()];
    int count = 0;
    for (Propagation each : all) {
      count += each.along().count(each.vertices());
    }
    for (Links links : List.of(along, against, alongBack, againstBack)) {
      links.reset(vertices(), count);
    }
    for (int b = 0; b < all.size(); b++) {
      Propagation each = all.get(b);
      for (int v = 0; v < each.vertices(); v++) {
        kinds[first[b] + v] = each.graph().kind(v);
      }
      along.append(each.along(), first[b], each.vertices());
      against.append(each.against(), first[b], each.vertices());
      alongBack.append(each.alongBack(), first[b], each.vertices());
      againstBack.append(each.againstBack(), first[b], each.vertices());
    }
  }

  int graphs() {
    return first.length - 1;
  }

  int vertices() {
    return first[first.length - 1];
  }
}
