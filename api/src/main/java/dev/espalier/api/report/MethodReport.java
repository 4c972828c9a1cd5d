package dev.espalier.api.report;

import java.util.List;

/**
 * A method's part of a report.
 *
 * @param tiles its key figures
 * @param sections HTML
 */
public record MethodReport(List<Tile> tiles, String sections) {
  public MethodReport {
    tiles = List.copyOf(tiles);
  }
}
