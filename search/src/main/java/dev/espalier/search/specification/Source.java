package dev.espalier.search.specification;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a person wrote: a text in YAML or JSON, and settings on the command line, which win. */
final class Source {
  private static final ObjectMapper JSON = strict(JsonMapper.builder()).build();
  private static final ObjectMapper YAML = strict(YAMLMapper.builder()).build();

  /** An object of YAML may look like this too, but then it is read alike; JSON may hold tabs. */
  private static final Pattern JSON_START = Pattern.compile("\\s*\\{\\s*\"");

  private final String name;
  private final Map<String, String> sets;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param name of the text, for messages; may be empty
   * @param sets values by path
   */
  Source(String name, Map<String, String> sets) {
    this.name = name;
    this.sets = sets;
  }

  /** Problems that keep a part from being read at all. */
  List<String> problems() {
    return problems;
  }

  /** Nothing is passed over: neither a key that stands there twice, nor what follows the end. */
  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B strict(B builder) {
    return builder
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Where a setting was written, to begin a message with. */
  String label(String path) {
    String file = name.isEmpty() ? "" : name + ": ";
    return sets.keySet().stream()
        .filter(set -> set.equals(path) || set.startsWith(path + "."))
        .findFirst()
        .map(set -> set.contains(".") ? "--set: " : "")
        .orElse(file);
  }

  ObjectNode read(String text) {
    ObjectNode given = parsed(text);
    sets.forEach((path, value) -> set(given, path, value));
    return given;
  }

  private ObjectNode parsed(String text) {
    boolean isJson = JSON_START.matcher(text).lookingAt();
    try {
      JsonNode tree = (isJson ? JSON : YAML).readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      if (!tree.isMissingNode() && !tree.isNull()) {
        problems.add(
            label("")
                + "a specification is a list of settings such as \"method: te-nas\", but this is "
                + Words.value(tree));
      }
      return JsonNodeFactory.instance.objectNode();
    } catch (JsonProcessingException e) {
      throw new InvalidInput(syntaxProblem(e, isJson ? "JSON" : "YAML"), e);
    }
  }

  private String syntaxProblem(JsonProcessingException e, String language) {
    JsonLocation where = e.getLocation();
    String place =
        where == null
            ? ""
            : " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
    String reason = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    return "%snot readable as %s%s: %s".formatted(label(""), language, place, reason);
  }

  private void set(ObjectNode given, String path, String value) {
    String[] names = path.split("\\.", -1);
    if (List.of(names).contains("")) {
      problems.add("--set: \"%s\" is not a path: write it like search.repeats=3".formatted(path));
      return;
    }
    ObjectNode group = given;
    for (int i = 0; i < names.length - 1; i++) {
      JsonNode next = group.get(names[i]);
      if (next == null || next.isNull()) {
        group = group.putObject(names[i]);
      } else if (next instanceof ObjectNode inner) {
        group = inner;
      } else {
        problems.add(
            "--set: %s cannot be set: %s is %s, not a group of settings"
                .formatted(
                    path, String.join(".", List.of(names).subList(0, i + 1)), Words.value(next)));
        return;
      }
    }
    group.set(names[names.length - 1], value(path, value));
  }

  /** A text stays a text where the schema wants one; anything else is read as YAML reads it. */
  private static JsonNode value(String path, String value) {
    if (SpecificationSchema.isText(path)) {
      return TextNode.valueOf(value);
    }
    try {
      JsonNode tree = YAML.readTree(value);
      return tree.isMissingNode() ? TextNode.valueOf(value) : tree;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(value);
    }
  }
}
