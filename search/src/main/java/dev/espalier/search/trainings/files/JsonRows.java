package dev.espalier.search.trainings.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Trainings as JSON: objects of named values one after another or in an array (which may be the
 * value of a name), or what the benchmark's own interface answers, {@code {hash: [fixed, {epochs:
 * [training, ...]}]}}.
 */
final class JsonRows implements FlatSource {
  private static final String ENDS = "it ends too early: get it again";

  /** Python writes what is not a number as NaN. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{32}");

  private final Input input;
  private final Set<String> names = new LinkedHashSet<>();

  JsonRows(Input input) {
    this.input = input;
    forEachObject((where, row) -> row.fieldNames().forEachRemaining(names::add));
    if (names.isEmpty()) {
      throw new InvalidInput(
          input.name()
              + ": there is no JSON object of a training in it: see espalier data import --help");
    }
  }

  private interface Objects {
    void accept(String where, ObjectNode row);
  }

  @Override
  public String name() {
    return input.name();
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(names);
  }

  @Override
  public void forEach(Consumer<FlatRow> rows) {
    forEachObject((where, row) -> {
      Map<String, JsonNode> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : row.properties()) {
        values.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
      }
      rows.accept(new FlatRow(where, wanted -> text(values.get(wanted))));
    });
  }

  private static String text(@Nullable JsonNode value) {
    boolean isUnknown =
        value == null
            || value.isNull()
            || (value.isFloatingPointNumber() && Double.isNaN(value.doubleValue()));
    if (isUnknown || value == null) {
      return "";
    }
    return value.isValueNode() ? value.asText().strip() : value.toString();
  }

  private void forEachObject(Objects rows) {
    try (InputStream in = input.open();
        JsonParser parser = JSON.createParser(in)) {
      Walk walk = new Walk(rows);
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_ARRAY -> walk.array(parser);
          case START_OBJECT -> walk.object(parser);
          default ->
              throw new InvalidInput(
                  "%s: at line %d: an object or an array is expected"
                      .formatted(input.name(), parser.currentLocation().getLineNr()));
        }
      }
    } catch (JsonProcessingException e) {
      throw new InvalidInput(
          "%s: is damaged JSON: at line %d, column %d: %s"
              .formatted(
                  input.name(),
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                  reason(e)),
          e);
    } catch (IOException e) {
      throw new InvalidInput("%s: %s".formatted(input.name(), Reasons.of(e)), e);
    }
  }

  /** Finds the objects of trainings, wherever they stand. */
  private final class Walk {
    private final Objects rows;
    private int number;

    Walk(Objects rows) {
      this.rows = rows;
    }

    /** Elements of an array, one at a time: the parser stands at its beginning. */
    void array(JsonParser parser) throws IOException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == null) {
          throw new JsonEOFException(parser, JsonToken.NOT_AVAILABLE, "the array is not closed");
        }
        JsonNode element = JSON.readTree(parser);
        number++;
        String where = "element %,d".formatted(number);
        switch (element) {
          case ObjectNode object -> rows.accept(where, object);
          case ArrayNode pair when isPublished(pair) -> published(where, "", pair);
          default ->
              throw new InvalidInput(
                  "%s: %s is no object of a training: \"%s\""
                      .formatted(input.name(), where, shortened(element)));
        }
      }
    }

    /** An object: a row, or one whose values are rows. The parser stands at its beginning. */
    void object(JsonParser parser) throws IOException {
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      boolean hasRows = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_ARRAY && !HASH.matcher(name).matches()) {
          JsonNode value = JSON.readTree(parser);
          if (!value.isEmpty() && value.get(0) instanceof ObjectNode) {
            hasRows = true;
            ofList(name, value);
          } else {
            row.set(name, value);
          }
          continue;
        }
        JsonNode value = JSON.readTree(parser);
        if (HASH.matcher(name).matches() && value instanceof ArrayNode pair && isPublished(pair)) {
          hasRows = true;
          number++;
          published("cell " + name, name, pair);
        } else {
          row.set(name, value);
        }
      }
      if (!hasRows) {
        number++;
        rows.accept("object %,d".formatted(number), row);
      }
    }

    private void ofList(String name, JsonNode list) {
      for (JsonNode each : list) {
        number++;
        if (each instanceof ObjectNode object) {
          rows.accept("%s, element %,d".formatted(name, number), object);
        } else {
          throw new InvalidInput(
              "%s: %s, element %,d is no object".formatted(input.name(), name, number));
        }
      }
    }

    private boolean isPublished(ArrayNode pair) {
      return pair.size() == 2 && pair.get(0).isObject() && pair.get(1).isObject();
    }

    /** What is fixed of a cell, and its trainings by epochs. */
    private void published(String where, String hash, ArrayNode pair) {
      for (Map.Entry<String, JsonNode> budget : pair.get(1).properties()) {
        int training = 0;
        for (JsonNode measured : budget.getValue()) {
          ObjectNode row = ((ObjectNode) pair.get(0)).deepCopy();
          if (!hash.isEmpty()) {
            row.put("hash", hash);
          }
          row.put("epochs", budget.getKey());
          row.put("training", training++);
          if (measured instanceof ObjectNode object) {
            row.setAll(object);
          }
          rows.accept(
              "%s, training %d of %s epochs".formatted(where, training, budget.getKey()), row);
        }
      }
    }

    private String shortened(JsonNode element) {
      String text = element.toString();
      return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
  }

  /** The library's own sentences are of tokens and its settings. */
  private static String reason(JsonProcessingException e) {
    return switch (e) {
      case StreamConstraintsException _ ->
          "brackets in brackets, a number or a text are larger than those of any table";
      case JsonEOFException _ -> ENDS;
      default ->
          e.getOriginalMessage().contains("end-of-input") ? ENDS : "what stands there is no JSON";
    };
  }
}
