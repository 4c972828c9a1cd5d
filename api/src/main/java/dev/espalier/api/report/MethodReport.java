package dev.espalier.api.report;

import gg.jte.Content;
import java.util.List;

/**
 * A method's part of a report.
 *
 * @param tiles its key figures
 * @param sections what its template writes, as {@link dev.espalier.api.template.Templates#part}
 *     gives it
 */
public record MethodReport(List<Tile> tiles, Content sections) {
  public MethodReport {
    tiles = List.copyOf(tiles);
  }

  /** That of a method which has nothing to say beyond its stages. */
  public static MethodReport nothing() {
    return new MethodReport(List.of(), output -> {});
  }
}
