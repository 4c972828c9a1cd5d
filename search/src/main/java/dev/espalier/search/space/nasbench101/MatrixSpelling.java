package dev.espalier.search.space.nasbench101;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.python.PythonValue;
import dev.espalier.search.python.PythonValue.Call;
import dev.espalier.search.python.PythonValue.Fields;
import dev.espalier.search.python.PythonValue.Items;
import dev.espalier.search.python.PythonValue.Numeral;
import dev.espalier.search.python.PythonValue.Text;
import dev.espalier.search.python.PythonValue.Word;
import dev.espalier.search.space.CellMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cell as the benchmark's own programs spell it: an adjacency matrix, row by row, and the
 * operation of each vertex by its name or its number (-1 for the input, -2 for the output).
 */
final class MatrixSpelling {
  private static final List<String> MATRIX =
      List.of("matrix", "module_adjacency", "adjacency", "adj", "adjacency_matrix");
  private static final List<String> OPERATIONS =
      List.of("ops", "module_operations", "operations", "labels");
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final String EXPECTED =
      "a matrix and its operations look like [[0,1,1],[0,0,1],[0,0,0]], ['input', 'conv3x3-bn-relu', 'output'], "
          + "and a cell as a string like "
          + GraphCellNotation.EXAMPLE;

  private MatrixSpelling() {}

  /**
   * The cell of a matrix and operations, or of a value that holds both.
   *
   * @throws InvalidInput with the place of the mistake
   */
  static GraphCell cell(List<PythonValue> values) {
    List<PythonValue> both = values.size() == 1 ? parts(values.getFirst()) : values;
    if (both.size() != 2) {
      throw new InvalidInput("a matrix or its operations are missing: " + EXPECTED);
    }
    return ofRows(rows(both.getFirst()), names(both.getLast()));
  }

  /** The matrix and the operations of what holds both. */
  private static List<PythonValue> parts(PythonValue value) {
    return switch (value) {
      case Items items -> items.values();
      case Fields fields -> named(fields.values());
      case Call call -> call.values().isEmpty() ? named(call.named()) : ofCall(call);
      case Text _, Numeral _, Word _ -> List.of();
    };
  }

  private static List<PythonValue> ofCall(Call call) {
    List<PythonValue> parts = new ArrayList<>(call.values());
    parts.addAll(named(call.named()));
    return parts;
  }

  private static List<PythonValue> named(Map<String, PythonValue> values) {
    return Stream.of(MATRIX, OPERATIONS)
        .flatMap(names -> names.stream().filter(values::containsKey).limit(1))
        .flatMap(name -> Stream.ofNullable(values.get(name)))
        .toList();
  }

  /** The rows as digits. */
  private static List<String> rows(PythonValue matrix) {
    List<PythonValue> rows =
        matrix
            .asItems()
            .orElseThrow(() ->
                new InvalidInput(
                    "at position %d expected the rows of a matrix: %s"
                        .formatted(matrix.position(), EXPECTED)));
    List<String> digits = new ArrayList<>();
    for (PythonValue row : rows) {
      StringBuilder each = new StringBuilder();
      for (PythonValue entry : row.asItems().orElse(List.of())) {
        Optional<Integer> number = entry.asIntegral();
        if (number.isEmpty() || number.get() < 0 || number.get() > 1) {
          throw new InvalidInput(
              "at position %d expected 0 or 1 in row %d of the matrix"
                  .formatted(entry.position(), digits.size()));
        }
        each.append(number.get());
      }
      digits.add(each.toString());
    }
    return digits;
  }

  private static List<String> names(PythonValue operations) {
    Optional<String> text = operations.asText();
    if (text.isPresent()) {
      return List.of(text.get().strip().split("\\s*[,\\s]\\s*"));
    }
    List<String> names = new ArrayList<>();
    for (PythonValue each : operations.asItems().orElse(List.of())) {
      names.add(
          each.asText()
              .or(() -> each.asWhole().map(MatrixSpelling::ofNumber))
              .orElseThrow(() ->
                  new InvalidInput(
                      "at position %d expected an operation, such as 'conv3x3-bn-relu'"
                          .formatted(each.position()))));
    }
    return names;
  }

  private static String ofNumber(int number) {
    return switch (number) {
      case -1 -> INPUT;
      case -2 -> OUTPUT;
      default ->
          number >= 0 && number < VertexOperation.ALL.size()
              ? VertexOperation.ALL.get(number).label()
              : Integer.toString(number);
    };
  }

  /**
   * The cell of a matrix and its operations.
   *
   * @param rows of digits 0 and 1; vertices count from 0
   * @param names input, operations, output
   */
  static GraphCell ofRows(List<String> rows, List<String> names) {
    int vertices = rows.size();
    if (vertices < 2 || vertices > GraphDraft.MOST_VERTICES) {
      throw new InvalidInput(
          "the matrix has %d rows: a cell has 2 to %d vertices. %s"
              .formatted(vertices, GraphCode.MOST_VERTICES, EXPECTED));
    }
    if (names.size() != vertices) {
      throw new InvalidInput(
          "the matrix has %d rows, but there are %d operations: each vertex has one, from input to output"
              .formatted(vertices, names.size()));
    }
    requireName(names, 0, INPUT);
    requireName(names, vertices - 1, OUTPUT);
    List<VertexOperation> inner = new ArrayList<>();
    for (int vertex = 1; vertex < vertices - 1; vertex++) {
      inner.add(operation(names.get(vertex), vertex));
    }
    int[] sources = new int[vertices];
    for (int source = 0; source < vertices; source++) {
      String row = rows.get(source);
      if (row.length() != vertices) {
        throw new InvalidInput(
            "row %d of the matrix has %d entries, but there are %d vertices"
                .formatted(source, row.length(), vertices));
      }
      for (int target = 0; target < vertices; target++) {
        if (row.charAt(target) == '1') {
          requireForwards(source, target);
          sources[target] |= 1 << source;
        }
      }
    }
    return new GraphDraft(inner, sources).cell();
  }

  /** A cell in this spelling, with the benchmark's names. */
  static CellMatrix of(GraphCell cell) {
    List<String> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int source = 0; source < cell.vertices(); source++) {
      StringBuilder digits = new StringBuilder();
      for (int target = 0; target < cell.vertices(); target++) {
        digits.append(cell.hasEdge(source, target) ? 1 : 0);
      }
      rows.add(digits.toString());
      names.add(
          source == 0
              ? INPUT
              : source == cell.output() ? OUTPUT : cell.operation(source).officialLabel());
    }
    return new CellMatrix(rows, names);
  }

  private static void requireForwards(int source, int target) {
    if (source >= target) {
      throw new InvalidInput(
          "row %d, column %d of the matrix is 1: an edge from vertex %d back to %s closes a cycle or is out of order. "
                  .formatted(
                      source, target, source, source == target ? "itself" : "vertex " + target)
              + "Edges must lead from a lower vertex to a higher one, above the diagonal");
    }
  }

  private static void requireName(List<String> names, int vertex, String name) {
    if (!names.get(vertex).toLowerCase(Locale.ROOT).equals(name)) {
      throw new InvalidInput(
          "the operation of vertex %d must be %s, but was \"%s\""
              .formatted(vertex, name, names.get(vertex)));
    }
  }

  private static VertexOperation operation(String name, int vertex) {
    try {
      return VertexOperation.labelled(name);
    } catch (InvalidInput e) {
      throw new InvalidInput("vertex %d: %s".formatted(vertex, e.getMessage()), e);
    }
  }
}
