package dev.espalier.search.space.nasbench101;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The notation {@code conv3x3@0-maxpool3x3@0+1-output@1+2}: each vertex behind the input, 0, in the
 * order of their numbers, with the vertices that it reads.
 */
final class GraphCellNotation {
  static final String EXAMPLE = "conv3x3@0-maxpool3x3@0+1-output@1+2";

  private static final String OUTPUT = "output";

  private final String text;
  private int position;

  private GraphCellNotation(String text) {
    this.text = text;
  }

  static String write(GraphCell cell) {
    StringBuilder out = new StringBuilder(100);
    for (int vertex = 1; vertex < cell.vertices(); vertex++) {
      out.append(vertex == 1 ? "" : "-")
          .append(vertex == cell.output() ? OUTPUT : cell.operation(vertex).label())
          .append('@')
          .append(
              cell.sources(vertex).stream().map(String::valueOf).collect(Collectors.joining("+")));
    }
    return out.toString();
  }

  /** The cell of a text without blanks around it. */
  static GraphCell read(String text) {
    return new GraphCellNotation(text).cell();
  }

  private GraphCell cell() {
    List<VertexOperation> inner = new ArrayList<>();
    List<Integer> sources = new ArrayList<>(List.of(0));
    boolean ended = false;
    while (!ended) {
      if (sources.size() >= GraphDraft.MOST_VERTICES) {
        throw mistake("the output as vertex %d at most".formatted(GraphDraft.MOST_VERTICES - 1));
      }
      int start = position;
      String name = upTo('@');
      ended = name.equals(OUTPUT);
      if (!ended) {
        inner.add(operation(name, start));
      }
      sources.add(sources(sources.size()));
      if (!ended) {
        expect("-");
      }
    }
    if (position < text.length()) {
      throw mistake("the end, since the output is the last vertex");
    }
    return new GraphDraft(inner, sources.stream().mapToInt(Integer::intValue).toArray()).cell();
  }

  private String upTo(char end) {
    int found = text.indexOf(end, position);
    if (found < 0) {
      throw mistake("an operation or output, and \"%s\"".formatted(end));
    }
    String before = text.substring(position, found);
    position = found + 1;
    return before;
  }

  private static VertexOperation operation(String name, int start) {
    try {
      return VertexOperation.labelled(name);
    } catch (InvalidInput e) {
      throw new InvalidInput("at position %d: %s".formatted(start + 1, e.getMessage()), e);
    }
  }

  /** The vertices that this one reads, as bits. */
  private int sources(int vertex) {
    int sources = 0;
    do {
      int start = position;
      while (position < text.length() && Character.digit(text.charAt(position), 10) >= 0) {
        position++;
      }
      String digits = text.substring(start, position);
      if (digits.isEmpty() || digits.length() > 2 || Integer.parseInt(digits) >= vertex) {
        position = start;
        throw mistake(
            "the number of a vertex before this one, 0 to %d (a cell has no cycles)"
                .formatted(vertex - 1));
      }
      int source = 1 << Integer.parseInt(digits);
      if ((sources & source) != 0) {
        position = start;
        throw mistake("vertex %s only once".formatted(digits));
      }
      sources |= source;
    } while (accept("+"));
    return sources;
  }

  private boolean accept(String token) {
    boolean there = text.startsWith(token, position);
    position += there ? token.length() : 0;
    return there;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw mistake("\"" + token + "\"");
    }
  }

  private InvalidInput mistake(String expected) {
    String found =
        position < text.length()
            ? "\"" + text.substring(position, Math.min(position + 12, text.length())) + "\""
            : "the end";
    return new InvalidInput(
        "not a NAS-Bench-101 cell: at position %d expected %s, but found %s in \"%s\". A cell looks like %s"
            .formatted(position + 1, expected, found, text, EXAMPLE));
  }
}
