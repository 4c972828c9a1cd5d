package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of all vertices in one direction: each follows from its type and the messages of those
 * before it. All graphs have the same edges, so they go vertex by vertex together; and graphs that
 * agree so far share a row: the start has one, the vertex behind it one for each type.
 */
final class DirectedPass {
  private final RecurrentUnit unit;
  private final Messages messages;
  private final int[][] before;
  private final int[] order;

  /**
   * @param before the vertices whose messages reach each vertex
   * @param order of the vertices
   */
  DirectedPass(RecurrentUnit unit, Messages messages, int[][] before, int[] order) {
    this.unit = unit;
    this.messages = messages;
    this.before = before;
    this.order = order;
  }

  /** A vertex's states of the graphs that differ so far, and the row of each graph in them. */
  private static final class Shared {
    final Tensor states;
    final int[] row;

    Shared(Tensor states, int... row) {
      this.states = states;
      this.row = row;
    }

    Tensor ofGraphs() {
      return picked(states, row);
    }
  }

  /** The states of the last vertex, {@code [b, h]}. */
  Tensor last(List<CodedGraph> graphs) {
    return pass(graphs)[order[order.length - 1]].ofGraphs();
  }

  /** The states of every vertex, each {@code [b, h]}. */
  List<Tensor> all(List<CodedGraph> graphs) {
    Shared[] shared = pass(graphs);
    List<Tensor> states = new ArrayList<>();
    for (Shared each : shared) {
      states.add(each.ofGraphs());
    }
    return states;
  }

  private Shared[] pass(List<CodedGraph> graphs) {
    Tensor inputs = unit.inputs(); // [t, 3 h]
    Messages.Pass sending = messages.pass();
    Shared[] done = new Shared[order.length];
    Tensor[] sent = new Tensor[order.length];
    for (int vertex : order) {
      int[] row = new int[graphs.size()];
      List<int[]> distinct = new ArrayList<>(); // type, then the rows of those before
      Map<List<Integer>, Integer> known = new HashMap<>();
      for (int g = 0; g < row.length; g++) {
        int[] key = new int[before[vertex].length + 1];
        key[0] = graphs.get(g).types()[vertex];
        for (int i = 1; i < key.length; i++) {
          key[i] = done[before[vertex][i - 1]].row[g];
        }
        List<Integer> boxed = new ArrayList<>(key.length);
        for (int each : key) {
          boxed.add(each);
        }
        Integer place = known.putIfAbsent(boxed, distinct.size());
        if (place == null) {
          place = distinct.size();
          distinct.add(key);
        }
        row[g] = place;
      }
      Tensor reached = reached(vertex, distinct, sent);
      Tensor states = unit.next(Ops.rows(inputs, column(distinct, 0)), reached);
      done[vertex] = new Shared(states, row);
      if (vertex != order[order.length - 1]) {
        sent[vertex] = sending.from(vertex, states);
      }
    }
    return done;
  }

  private @Nullable Tensor reached(int vertex, List<int[]> distinct, Tensor[] sent) {
    @Nullable Tensor sum = null;
    for (int i = 0; i < before[vertex].length; i++) {
      Tensor message = picked(sent[before[vertex][i]], column(distinct, i + 1));
      sum = sum == null ? message : sum.add(message);
    }
    return sum;
  }

  private static int[] column(List<int[]> rows, int column) {
    return rows.stream().mapToInt(row -> row[column]).toArray();
  }

  /** These rows; the tensor itself where they are all of it in order. */
  private static Tensor picked(Tensor rows, int... wanted) {
    boolean whole = rows.dimension(0) == wanted.length;
    for (int i = 0; whole && i < wanted.length; i++) {
      whole = wanted[i] == i;
    }
    return whole ? rows : Ops.rows(rows, wanted);
  }
}
