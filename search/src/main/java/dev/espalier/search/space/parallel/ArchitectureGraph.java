package dev.espalier.search.space.parallel;

import java.util.ArrayList;
import java.util.List;

/**
 * An architecture as a directed graph. With {@code k} operations, vertex {@code l (k + 1)} is the
 * input of layer {@code l}, the {@code k} vertices after it are its operations, and the last vertex
 * is the output. A selected operation has an edge from its layer's input and one to the next
 * layer's input; the others are isolated. Edges of a vertex to itself are not listed.
 */
public record ArchitectureGraph(int vertices, List<Edge> edges) {
  public record Edge(int source, int target) {}

  public ArchitectureGraph {
    edges = List.copyOf(edges);
  }

  public static ArchitectureGraph of(ParallelSpace space, ParallelArchitecture architecture) {
    boolean[] bits = space.bits(architecture);
    int operations = space.shape().operations().size();
    int layers = space.shape().layers().size();
    List<Edge> edges = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      int input = layer * (operations + 1);
      for (int i = 0; i < operations; i++) {
        if (bits[layer * operations + i]) {
          edges.add(new Edge(input, input + 1 + i));
          edges.add(new Edge(input + 1 + i, input + operations + 1));
        }
      }
    }
    return new ArchitectureGraph(layers * (operations + 1) + 1, edges);
  }
}
