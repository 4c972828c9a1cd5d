package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Grows graphs from latent vectors, vertex by vertex: first its type, then whether there is an edge
 * from each earlier vertex, the nearest first; the vertex's state is computed anew after each
 * (Zhang et al. 2019, D-VAE).
 *
 * <p>Letters: {@code b} graphs, {@code h} hidden, {@code n} vertices, {@code t} types.
 */
final class GraphDecoder {
  private final Torch torch;
  private final GraphTopology topology;
  private final Linear begin;
  private final RecurrentUnit unit;
  private final Messages messages;
  private final Linear typeHidden;
  private final Linear typeLogits;
  private final Linear edgeHidden;
  private final Linear edgeLogit;

  GraphDecoder(Leaves leaves, GraphTopology topology) {
    this.torch = leaves.torch();
    this.topology = topology;
    this.begin = leaves.linear("fc3");
    this.unit = new RecurrentUnit(leaves, "grud");
    this.messages = new Messages(leaves, "decoding", "decoding_gate", "decoding_mapper");
    this.typeHidden = leaves.linear("add_vertex.0");
    this.typeLogits = leaves.linear("add_vertex.2");
    this.edgeHidden = leaves.linear("add_edge.0");
    this.edgeLogit = leaves.linear("add_edge.2");
  }

  // ---- teacher-forced

  /**
   * The negative log-likelihood of graphs of the topology, summed over the batch: of the types by
   * cross-entropy, of the edges (those into the end too) by binary cross-entropy.
   *
   * <p>What a vertex's state is after each of its edges follows from the messages of those edges,
   * so all states of a vertex are computed together; then the logits of all vertices, and of all
   * pairs of vertices. The first layer of the edges' logits is a sum of what either state says of
   * it, each computed once.
   *
   * @param latent {@code [b, z]}
   */
  Tensor loss(Tensor latent, List<CodedGraph> graphs) {
    GraphEncoder.requireFit(topology, graphs);
    int vertices = topology.vertices();
    int batch = graphs.size();
    Layers layers = new Layers();
    List<Tensor> last = new ArrayList<>(); // of each vertex, after all of its edges: [b, h]
    List<Tensor> steps = new ArrayList<>(); // of each vertex from 1, after each number of its edges
    List<Tensor> sent = new ArrayList<>();
    List<Integer> sources = new ArrayList<>(); // of each pair
    List<Integer> states = new ArrayList<>(); // of each pair, the place in the steps
    List<Float> truth = new ArrayList<>();
    last.add(layers.start(latent));
    sent.add(layers.sending.from(0, last.getFirst()));
    for (int vertex = 1; vertex < vertices; vertex++) {
      List<Tensor> reached = new ArrayList<>(List.of(layers.nothing(batch)));
      for (int source = vertex - 1; source >= 0; source--) {
        boolean edge = topology.edges()[source][vertex];
        sources.add(source);
        states.add(steps.size() + reached.size() - 1);
        truth.add(edge ? 1f : 0f);
        if (edge) {
          Tensor message = sent.get(source);
          reached.add(reached.size() == 1 ? message : reached.getLast().add(message));
        }
      }
      Tensor input = Ops.rows(layers.inputs, repeated(types(graphs, vertex), reached.size()));
      Tensor after = unit.next(input, Ops.concatenate(reached, 0)); // [(1 + edges) b, h]
      long[] sizes = new long[reached.size()];
      Arrays.fill(sizes, batch);
      steps.addAll(Ops.split(after, 0, sizes));
      last.add(steps.getLast());
      if (vertex + 1 < vertices) {
        sent.add(layers.sending.from(vertex, last.getLast()));
      }
    }
    Tensor before = Ops.concatenate(last.subList(0, vertices - 1), 0); // [(n - 1) b, h]
    return typeLoss(before, graphs)
        .add(edgeLoss(layers, before, Ops.concatenate(steps, 0), batch, sources, states, truth));
  }

  private Tensor typeLoss(Tensor before, List<CodedGraph> graphs) {
    int batch = graphs.size();
    int types = topology.types();
    float[] truth = new float[(topology.vertices() - 1) * batch * types];
    for (int vertex = 1; vertex < topology.vertices(); vertex++) {
      for (int graph = 0; graph < batch; graph++) {
        truth[((vertex - 1) * batch + graph) * types + graphs.get(graph).types()[vertex]] = -1;
      }
    }
    return Ops.logSoftmax(logits(before), 1)
        .multiply(torch.tensor(truth, truth.length / types, types))
        .sum();
  }

  private Tensor logits(Tensor states) {
    return typeLogits.apply(Ops.relu(typeHidden.apply(states))); // [r, t]
  }

  private Tensor edgeLoss(
      Layers layers,
      Tensor before,
      Tensor steps,
      int batch,
      List<Integer> sources,
      List<Integer> states,
      List<Float> truth) {
    long wide = edgeHidden.outputs();
    Tensor ofSource = layers.source(before).reshape(-1, batch * wide);
    Tensor ofVertex = layers.vertex(steps).reshape(-1, batch * wide);
    Tensor hidden =
        Ops.relu(Ops.rows(ofSource, array(sources)).add(Ops.rows(ofVertex, array(states))))
            .reshape(-1, wide);
    Tensor logits = edgeLogit.apply(hidden).reshape(-1, batch); // [pairs, b]
    float[] edges = new float[truth.size()];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = truth.get(i);
    }
    Tensor there = torch.tensor(edges, edges.length, 1);
    return Ops.softplus(logits).subtract(logits.multiply(there)).sum();
  }

  private static int[] types(List<CodedGraph> graphs, int vertex) {
    return graphs.stream().mapToInt(graph -> graph.types()[vertex]).toArray();
  }

  private static int[] repeated(int[] numbers, int times) {
    int[] all = new int[numbers.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(numbers, 0, all, i * numbers.length, numbers.length);
    }
    return all;
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  // ---- growing

  /**
   * Graphs grown from latent vectors, all vertex by vertex together. A vertex of the end type, or
   * the last one there can be, is tied to all vertices that have no successor, and ends its graph.
   *
   * @param latent {@code [b, z]}
   */
  List<CodedGraph> grow(Tensor latent, Decisions decisions) {
    try (Scope _ = torch.inference()) {
      Layers layers = new Layers();
      int vertices = topology.vertices();
      Growth growth = new Growth((int) latent.dimension(0), vertices);
      List<Tensor> sent = new ArrayList<>();
      List<Tensor> sources = new ArrayList<>(); // what each vertex says of its edges, [b, 4 h]
      Tensor state = layers.start(latent);
      for (int vertex = 1; vertex + 1 < vertices; vertex++) {
        sent.add(layers.sending.from(vertex - 1, state));
        sources.add(layers.source(state));
        growth.types(vertex, Ops.softmax(logits(state), 1).toFloats(), topology.types(), decisions);
        if (growth.allEnded()) {
          break;
        }
        state = edges(layers, vertex, sent, sources, growth, decisions);
      }
      growth.end();
      return growth.graphs();
    }
  }

  /** Decides the edges into a vertex; its states after them, {@code [b, h]}. */
  private Tensor edges(
      Layers layers,
      int vertex,
      List<Tensor> sent,
      List<Tensor> sources,
      Growth growth,
      Decisions decisions) {
    int batch = growth.size();
    Tensor input = Ops.rows(layers.inputs, growth.types(vertex)); // [b, 3 h]
    Tensor reached = layers.nothing(batch).keep();
    Tensor state = unit.next(input, null).keep();
    for (int source = vertex - 1; source >= 0; source--) {
      try (Scope _ = torch.inference()) {
        Tensor hidden = Ops.relu(sources.get(source).add(layers.vertex(state))); // [b, 4 h]
        float[] probabilities = edgeLogit.apply(hidden).sigmoid().toFloats();
        float @Nullable [] kept = growth.edges(source, vertex, probabilities, decisions);
        if (kept != null) {
          Tensor more = reached.add(sent.get(source).multiply(torch.tensor(kept, batch, 1))).keep();
          Tensor anew = unit.next(input, more).keep();
          reached.close();
          state.close();
          reached = more;
          state = anew;
        }
      }
    }
    reached.close();
    try (Tensor last = state) {
      return last.copy(); // of the caller's scope
    }
  }

  /** What a pass computes once. */
  private final class Layers {
    final Tensor inputs = unit.inputs(); // [t, 3 h]
    final Messages.Pass sending = messages.pass();
    private final long hidden = begin.outputs();
    private final List<Tensor> halves = Ops.split(edgeHidden.weight(), 1, hidden, hidden);
    private final Tensor ofSource = halves.getFirst(); // [4 h, h]
    private final Tensor ofVertex = halves.getLast().transpose(0, 1); // [h, 4 h]

    /** The states of the start, {@code [b, h]}. */
    Tensor start(Tensor latent) {
      int[] types = new int[(int) latent.dimension(0)];
      Arrays.fill(types, CodedGraph.START);
      return unit.next(Ops.rows(inputs, types), begin.apply(latent).tanh());
    }

    Tensor nothing(int batch) {
      return torch.full(0, Precision.FLOAT32, batch, hidden);
    }

    /** What states say of the edges from their vertices, {@code [r, h] -> [r, 4 h]}. */
    Tensor source(Tensor states) {
      return Ops.linear(states, ofSource, edgeHidden.bias());
    }

    /** What states say of the edges into their vertices, {@code [r, h] -> [r, 4 h]}. */
    Tensor vertex(Tensor states) {
      return states.matmul(ofVertex);
    }
  }
}
