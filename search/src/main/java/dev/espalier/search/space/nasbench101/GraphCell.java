package dev.espalier.search.space.nasbench101;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.EdgeEnds;
import dev.espalier.search.space.PlacedOperator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A NAS-Bench-101 cell: a graph without cycles whose vertices are the input (0), at most five
 * operations and the output. As JSON it is its string, such as {@code
 * conv3x3@0-maxpool3x3@0+1-output@1+2}: each vertex behind the input, and the vertices it reads.
 *
 * <p>Isomorphic cells are the same cell: of the possible orders of its vertices, it has the one of
 * the benchmark's own list. The order matters to the network, since channels that cannot be shared
 * out evenly go to the first.
 */
public final class GraphCell implements Architecture {
  private final int vertices;
  private final int code;

  private GraphCell(int vertices, int code) {
    this.vertices = vertices;
    this.code = code;
  }

  /** The cell of these edges and operations, which are all needed, in whatever order. */
  static GraphCell canonical(int vertices, int edges, int labels) {
    return new GraphCell(vertices, VertexOrders.of(vertices).canonical(edges, labels));
  }

  /**
   * The cell of a string, or in another spelling of public programs: a matrix with operations, or
   * the official hash.
   *
   * @throws InvalidInput with the position of the mistake
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static GraphCell parse(String text) {
    return GraphCellReader.read(text);
  }

  /**
   * The cell of this number in the order of the benchmark's own list.
   *
   * @param number 0 to 423,623
   */
  public static GraphCell ofIndex(int number) {
    if (number < 0 || number >= AllCells.COUNT) {
      throw new InvalidInput(
          "a NAS-Bench-101 cell's number must be between 0 and %d, but was %d"
              .formatted(AllCells.COUNT - 1, number));
    }
    AllCells all = AllCells.get();
    return new GraphCell(all.vertices(number), all.code(number));
  }

  /**
   * The cell of an official hash, in hexadecimal digits.
   *
   * @throws InvalidInput if no cell has it
   */
  public static GraphCell ofHash(String hash) {
    return HashIndex.get().cell(hash);
  }

  /** Its number in the order of the benchmark's own list, from 0. */
  public int index() {
    return AllCells.get().number(vertices, code);
  }

  /** The benchmark's hash of it: 32 hexadecimal digits. */
  public String hash() {
    return new ModuleHash().of(this);
  }

  /** How many it has, input and output included: 2 to 7. */
  public int vertices() {
    return vertices;
  }

  /** How many it has: 1 to 9. */
  public int edges() {
    return Integer.bitCount(edgeBits());
  }

  int edgeBits() {
    return GraphCode.edges(vertices, code);
  }

  int labels() {
    return GraphCode.labels(vertices, code);
  }

  public int output() {
    return vertices - 1;
  }

  public boolean hasEdge(int source, int target) {
    return source < target && (edgeBits() & GraphCode.edge(source, target)) != 0;
  }

  /** The vertices that a vertex reads, in order. */
  public List<Integer> sources(int target) {
    return IntStream.range(0, target).filter(source -> hasEdge(source, target)).boxed().toList();
  }

  /** The operation of a vertex that is neither the input nor the output. */
  public VertexOperation operation(int vertex) {
    return VertexOperation.ALL.get(GraphCode.operation(vertices, labels(), vertex));
  }

  /** The operations of all vertices but the input and the output, in order. */
  public List<VertexOperation> operations() {
    return IntStream.range(1, output()).mapToObj(this::operation).toList();
  }

  @Override
  @JsonValue
  public String canonical() {
    return GraphCellNotation.write(this);
  }

  /** An operation stands at a vertex, not between two: both ends of its edge are that vertex. */
  @Override
  public List<PlacedOperator> placed() {
    return IntStream.range(1, output())
        .mapToObj(vertex ->
            new PlacedOperator(new EdgeEnds("", vertex, vertex), operation(vertex).label()))
        .toList();
  }

  @Override
  public String svg() {
    return GraphCellSvg.of(this);
  }

  @Override
  public String dot() {
    return GraphCellDot.of(this);
  }

  @Override
  public String text() {
    return GraphCellText.of(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GraphCell cell && cell.vertices == vertices && cell.code == code;
  }

  @Override
  public int hashCode() {
    return 31 * code + vertices;
  }

  @Override
  public String toString() {
    return canonical();
  }
}
