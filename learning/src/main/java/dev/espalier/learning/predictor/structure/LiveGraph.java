package dev.espalier.learning.predictor.structure;

import dev.espalier.search.space.ArchitectureGraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What of a graph lies on a path from a source to a sink on which nothing is zero. Sources and
 * sinks are the vertices that nothing leads to, and that lead nowhere, before zeros are taken out.
 */
final class LiveGraph {
  private final List<OperatorRole> roles; // by kind
  private final int[] kinds; // by vertex
  private final List<List<Integer>> into;
  private final List<List<Integer>> outOf;
  private final BitSet sources = new BitSet();
  private final BitSet sinks = new BitSet();
  private final int[] order; // of the live vertices

  private LiveGraph(ArchitectureGraph graph) {
    this.roles = new ArrayList<>(List.of(OperatorRole.IDENTITY)); // a state
    graph.operators().forEach(label -> roles.add(OperatorRole.of(label)));
    this.kinds = graph.kinds().stream().mapToInt(Integer::intValue).toArray();
    this.into = lists(kinds.length);
    this.outOf = lists(kinds.length);
    for (ArchitectureGraph.Edge edge : graph.edges()) {
      into.get(edge.target()).add(edge.source());
      outOf.get(edge.source()).add(edge.target());
    }
    for (int vertex = 0; vertex < kinds.length; vertex++) {
      sources.set(vertex, into.get(vertex).isEmpty() && !outOf.get(vertex).isEmpty());
      sinks.set(vertex, outOf.get(vertex).isEmpty() && !into.get(vertex).isEmpty());
    }
    BitSet live = reached(sources, outOf);
    live.and(reached(sinks, into));
    sources.and(live);
    sinks.and(live);
    this.order = sorted(live);
  }

  static LiveGraph of(ArchitectureGraph graph) {
    return new LiveGraph(graph);
  }

  private static List<List<Integer>> lists(int count) {
    List<List<Integer>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private BitSet reached(BitSet from, List<List<Integer>> next) {
    BitSet reached = new BitSet();
    List<Integer> open = new ArrayList<>();
    from.stream().filter(this::passes).forEach(open::add);
    while (!open.isEmpty()) {
      int vertex = open.removeLast();
      if (!reached.get(vertex)) {
        reached.set(vertex);
        next.get(vertex).stream().filter(this::passes).forEach(open::add);
      }
    }
    return reached;
  }

  private boolean passes(int vertex) {
    return role(vertex) != OperatorRole.ZERO;
  }

  /** Each behind all that lead to it, and else by its number. */
  private int[] sorted(BitSet live) {
    int[] missing = new int[kinds.length];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    live.stream()
        .forEach(vertex -> {
          missing[vertex] = (int) into.get(vertex).stream().filter(live::get).count();
          if (missing[vertex] == 0) {
            ready.add(vertex);
          }
        });
    List<Integer> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      int vertex = ready.remove();
      sorted.add(vertex);
      for (int next : outOf.get(vertex)) {
        if (live.get(next) && --missing[next] == 0) {
          ready.add(next);
        }
      }
      into.get(vertex).removeIf(before -> !live.get(before));
      outOf.get(vertex).removeIf(next -> !live.get(next));
    }
    return sorted.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The live vertices, each behind all that lead to it. */
  int[] order() {
    return order;
  }

  int vertices() {
    return kinds.length;
  }

  int kind(int vertex) {
    return kinds[vertex];
  }

  OperatorRole role(int vertex) {
    return roles.get(kinds[vertex]);
  }

  /** The live vertices that lead to a live one. */
  List<Integer> into(int vertex) {
    return into.get(vertex);
  }

  /** The live vertices that a live one leads to. */
  List<Integer> outOf(int vertex) {
    return outOf.get(vertex);
  }

  boolean isSource(int vertex) {
    return sources.get(vertex);
  }

  boolean isSink(int vertex) {
    return sinks.get(vertex);
  }
}
