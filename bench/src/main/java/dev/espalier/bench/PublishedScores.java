package dev.espalier.bench;

import dev.espalier.learning.indicator.Criterion;
import dev.espalier.learning.indicator.Ensemble;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.search.space.nasbench201.Cell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores of NAS-Bench-201's cells by other programs (NAS-Bench-Suite-Zero, Krishnakumar et al.,
 * NeurIPS 2022): a CSV with a column {@code arch} and one for each score.
 */
public final class PublishedScores {
  private final Map<String, Integer> columns = new HashMap<>();
  private final Map<Cell, String[]> rows = new LinkedHashMap<>();

  private PublishedScores() {}

  /**
   * Reads a file.
   *
   * @param file CSV compressed with gzip
   */
  public static PublishedScores read(Path file) throws IOException {
    PublishedScores scores = new PublishedScores();
    try (InputStream plain = new GZIPInputStream(Files.newInputStream(file));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      String[] header = String.valueOf(lines.readLine()).split(",", -1);
      for (int i = 0; i < header.length; i++) {
        scores.columns.put(header[i], i);
      }
      Integer cell = scores.columns.get("arch");
      if (cell == null) {
        throw new IOException("%s has no column arch".formatted(file));
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        scores.rows.put(Cell.parse(fields[cell]), fields);
      }
    }
    return scores;
  }

  /** Whether there is a row for the cell. */
  public boolean knows(Cell cell) {
    return rows.containsKey(cell);
  }

  /** The cells there are, in the file's order. */
  public List<Cell> cells() {
    return List.copyOf(rows.keySet());
  }

  /** The scores of these cells; null where nobody published them. */
  public double @Nullable [] of(Criterion criterion, List<Cell> cells) {
    String name = column(criterion);
    Integer column = name == null ? null : columns.get(name);
    if (column == null) {
      return null;
    }
    return cells.stream()
        .mapToDouble(cell -> {
          String[] row = rows.get(cell);
          if (row == null) {
            throw new IllegalArgumentException("no published scores of " + cell);
          }
          return Double.parseDouble(row[column]);
        })
        .toArray();
  }

  private static @Nullable String column(Criterion criterion) {
    return switch (criterion) {
      case Ensemble _ -> null;
      case Indicator indicator ->
          switch (indicator) {
            case NTK, REGIONS, SWAP -> null;
            case PARAMETERS -> "params";
            case MACS -> "flops";
            case NASWOT -> "nwot";
            case JACOV -> "jacov";
            case SYNFLOW -> "synflow";
            case SNIP -> "snip";
            case GRAD_NORM -> "grad_norm";
            case L2_NORM -> "l2_norm";
          };
    };
  }
}
