package dev.espalier.search.trainings.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.CellMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A record of the benchmark's own file: a JSON array of the cell's hash, the epochs, the matrix as
 * digits row by row, the operations between commas, and a protobuf message in base64.
 */
final class PublishedRecord {
  private static final JsonFactory JSON = new JsonFactory();

  private final TrainingCollector collector;
  private final ModelMetrics metrics = new ModelMetrics();
  private final Run run = new Run();

  /** Operations are the same few texts again and again. */
  private final Map<String, List<String>> operations = new HashMap<>();

  PublishedRecord(TrainingCollector collector) {
    this.collector = collector;
  }

  /**
   * Reads a record.
   *
   * @throws InvalidInput to stand after where it is
   */
  void read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      read(parser);
      if (parser.nextToken() != null) {
        throw new InvalidInput("it has more than one JSON array");
      }
    } catch (IOException e) {
      throw noArray(e);
    }
  }

  private static InvalidInput noArray(IOException e) {
    return new InvalidInput(
        "it is no JSON array of hash, epochs, matrix, operations and metrics: is this the table of another program?",
        e);
  }

  /** Reads an array; the parser stands before it. */
  void read(JsonParser parser) throws IOException {
    require(parser.nextToken() == JsonToken.START_ARRAY, "it is no array");
    readInside(parser);
  }

  /** Reads an array; the parser stands at its beginning. */
  void readInside(JsonParser parser) throws IOException {
    require(parser.nextToken() == JsonToken.VALUE_STRING, "its first element is no hash");
    String hash = parser.getText();
    require(parser.nextToken() == JsonToken.VALUE_NUMBER_INT, "its second is no number of epochs");
    int epochs = parser.getIntValue();
    require(parser.nextToken() == JsonToken.VALUE_STRING, "its third is no matrix");
    String digits = parser.getText();
    require(parser.nextToken() == JsonToken.VALUE_STRING, "its fourth has no operations");
    String names = parser.getText();
    require(parser.nextToken() == JsonToken.VALUE_STRING, "its fifth has no metrics");
    byte[] message = parser.getBinaryValue();
    require(parser.nextToken() == JsonToken.END_ARRAY, "it has more than five elements");
    requireEpochs(epochs);
    metrics.read(message, epochs, run);
    int row = collector.row(new CellMatrix(rows(digits), named(names)), hash);
    collector.parameters(row, metrics.parameters());
    collector.add(row, epochs, collector.next(row, epochs), run);
  }

  static void requireEpochs(long epochs) {
    if (epochs < 1 || epochs > 100_000) {
      throw new InvalidInput(
          "the number of epochs must be between 1 and 100,000, but is %d".formatted(epochs));
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidInput(
          "it should be a JSON array of hash, epochs, matrix, operations and metrics, but %s"
              .formatted(otherwise));
    }
  }

  /**
   * Digits row by row.
   *
   * @throws InvalidInput if they are no square
   */
  static List<String> rows(String digits) {
    int vertices = (int) Math.round(Math.sqrt(digits.length()));
    if (vertices * vertices != digits.length() || vertices < 1) {
      throw new InvalidInput(
          "its matrix has %d digits, which are no square".formatted(digits.length()));
    }
    List<String> rows = new ArrayList<>(vertices);
    for (int row = 0; row < vertices; row++) {
      rows.add(checked(digits.substring(row * vertices, (row + 1) * vertices), row));
    }
    return rows;
  }

  private static String checked(String digits, int row) {
    for (int column = 0; column < digits.length(); column++) {
      if (digits.charAt(column) != '0' && digits.charAt(column) != '1') {
        throw new InvalidInput(
            "row %d, column %d of its matrix is \"%s\": 0 or 1 expected"
                .formatted(row, column, digits.charAt(column)));
      }
    }
    return digits;
  }

  private List<String> named(String names) {
    List<String> known = operations.get(names);
    if (known == null) {
      known = List.of(names.split(",", -1));
      if (operations.size() < 10_000) {
        operations.put(names, known);
      }
    }
    return known;
  }
}
