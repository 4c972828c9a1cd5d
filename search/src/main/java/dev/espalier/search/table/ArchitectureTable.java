package dev.espalier.search.table;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.SearchSpace;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Measured accuracies of some architectures of any space, by canonical string, in the file's order:
 * for searches that look evaluations up instead of training.
 */
public final class ArchitectureTable {
  private final SequencedMap<String, Accuracy> rows;

  /** Ratios; {@code test} is null where the file has none. */
  public record Accuracy(double validation, @Nullable Double test) {}

  private ArchitectureTable(SequencedMap<String, Accuracy> rows) {
    this.rows = rows;
  }

  /**
   * Reads a CSV with the columns {@code architecture}, {@code validation} and, if known, {@code
   * test}, accuracies as ratios.
   *
   * @throws InvalidInput with all problems, by row
   */
  public static ArchitectureTable readCsv(String name, InputStream csv) {
    return importCsv(Input.of(name, csv), new Remarks());
  }

  /**
   * Reads a table that a person has, accuracies as ratios or percent.
   *
   * @param remarks are told what was understood, and what was left out
   * @throws InvalidInput with all problems, by row
   */
  public static ArchitectureTable importCsv(Input input, Remarks remarks) {
    return new ArchitectureTable(new ArchitectureCsv(input, remarks).rows());
  }

  /** A table from another source than CSV, by canonical string; copied. */
  public static ArchitectureTable of(SequencedMap<String, Accuracy> rows) {
    return new ArchitectureTable(new LinkedHashMap<>(rows));
  }

  /**
   * The same table with each architecture as its space writes it.
   *
   * @throws InvalidInput with every row that is no architecture of the space, or one of another row
   */
  public ArchitectureTable in(SearchSpace space) {
    SequencedMap<String, Accuracy> canonical = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    rows.forEach((architecture, accuracy) -> {
      try {
        if (canonical.putIfAbsent(space.parse(architecture).canonical(), accuracy) != null) {
          problems.add("%s is the same architecture as another".formatted(architecture));
        }
      } catch (InvalidInput e) {
        problems.add("%s is none: %s".formatted(architecture, e.getMessage()));
      }
    });
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new ArchitectureTable(canonical);
  }

  /** The accuracies of this canonical string. */
  public Optional<Accuracy> accuracy(String architecture) {
    return Optional.ofNullable(rows.get(architecture));
  }

  /** Canonical strings in the file's order. */
  public List<String> architectures() {
    return List.copyOf(rows.keySet());
  }

  public int size() {
    return rows.size();
  }

  /** The table in one spelling, whatever the file's was. */
  public byte[] canonicalCsv() {
    StringBuilder csv = new StringBuilder("architecture,validation,test\n");
    rows.forEach((architecture, accuracy) ->
        csv.append(quoted(architecture))
            .append(',')
            .append(accuracy.validation())
            .append(',')
            .append(accuracy.test() == null ? "" : accuracy.test())
            .append('\n'));
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** As RFC 4180 wants it: what has no comma and no quotation mark stays as it is. */
  private static String quoted(String architecture) {
    return architecture.matches("(?s).*[,\"\\r\\n].*")
        ? '"' + architecture.replace("\"", "\"\"") + '"'
        : architecture;
  }

  /** SHA-256 of the canonical CSV. */
  public String digest() {
    return Digest.sha256(canonicalCsv());
  }
}
