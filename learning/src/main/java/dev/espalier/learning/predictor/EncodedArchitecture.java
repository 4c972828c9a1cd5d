package dev.espalier.learning.predictor;

import dev.espalier.learning.predictor.convolution.VertexGraph;
import dev.espalier.learning.predictor.structure.Structure;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.ArchitectureGraph;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The marks of an architecture in a {@link GraphLayout}, {@code [places, operations]}, and its
 * graph of vertices.
 */
public final class EncodedArchitecture {
  private final GraphLayout layout;
  private final boolean[] marks;
  private final int operations;
  private int @Nullable [] counts;
  private @Nullable VertexGraph graph;
  private @Nullable Supplier<ArchitectureGraph> source;
  private @Nullable Structure structure;
  private float[] columns = {};

  /**
   * @param marks place by place
   */
  public EncodedArchitecture(GraphLayout layout, boolean... marks) {
    if (marks.length != layout.marks()) {
      throw new InvalidInput(
          "this space has %d marks, but %d were given".formatted(layout.marks(), marks.length));
    }
    this.layout = layout;
    this.marks = marks.clone();
    this.operations = layout.operations();
  }

  /**
   * With a graph of its own, where that of the marks would not be the architecture's.
   *
   * @param marks place by place
   */
  public EncodedArchitecture(GraphLayout layout, VertexGraph graph, boolean... marks) {
    this(layout, marks);
    this.graph = graph;
  }

  /** Its graph of vertices: always the same object. */
  VertexGraph graph() {
    VertexGraph present = graph;
    if (present == null) {
      present = MarkedGraph.of(layout, this);
      graph = present;
    }
    return present;
  }

  /**
   * With what is known of it beside its marks; once, by the encoding.
   *
   * @param described made when it is first asked for
   */
  EncodedArchitecture beside(Supplier<ArchitectureGraph> described, float... numbers) {
    this.source = described;
    this.columns = numbers;
    return this;
  }

  /** What its graph is made of. */
  Structure structure() {
    Structure present = structure;
    if (present == null) {
      present = Structure.of(Objects.requireNonNull(source, "no encoding made it").get());
      structure = present;
    }
    return present;
  }

  /** The numbers beside its graph; not a copy. */
  float[] columns() {
    return columns;
  }

  /** Whether the place has the operation. */
  boolean has(int place, int operation) {
    return marks[place * operations + operation];
  }

  /** Operations at a place. */
  public int count(int place) {
    int[] present = counts;
    if (present == null) {
      present = counted();
      counts = present;
    }
    return present[place];
  }

  private int[] counted() {
    int[] all = new int[marks.length / operations];
    for (int place = 0; place < all.length; place++) {
      for (int i = place * operations; i < (place + 1) * operations; i++) {
        all[place] += marks[i] ? 1 : 0;
      }
    }
    return all;
  }

  /** All marks, place by place, each {@code present} or {@code absent}. */
  float[] row(float present, float absent) {
    float[] row = new float[marks.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = marks[i] ? present : absent;
    }
    return row;
  }

  boolean mark(int position) {
    return marks[position];
  }
}
