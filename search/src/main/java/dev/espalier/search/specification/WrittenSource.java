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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a person wrote: a text in YAML or JSON, and settings on the command line, which win. */
final class WrittenSource {
  private static final ObjectMapper JSON = strict(JsonMapper.builder()).build();
  private static final ObjectMapper YAML = strict(YAMLMapper.builder()).build();

  /** An object of YAML may look like this too, but then it is read alike; JSON may hold tabs. */
  private static final Pattern JSON_START = Pattern.compile("\\s*\\{\\s*\"");

  private static final int MOST_SETS = 500;

  private final String name;
  private final @Nullable PartFile part;
  private final Map<String, String> sets;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param name of the text, for messages; may be empty
   * @param part wins over the text; may be null
   * @param sets values by path; they win over both, the longer path over the shorter
   */
  WrittenSource(String name, @Nullable PartFile part, Map<String, String> sets) {
    this.name = name;
    this.part = part;
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
    Optional<String> set =
        sets.keySet().stream()
            .filter(each -> each.equals(path) || each.startsWith(path + "."))
            .findFirst();
    if (set.isPresent()) {
      return set.get().contains(".") ? "--set: " : "";
    }
    if (part != null && (path.equals(part.path()) || path.startsWith(part.path() + "."))) {
      return inPart(part, path);
    }
    return name.isEmpty() ? "" : name + ": ";
  }

  private static String inPart(PartFile part, String path) {
    String inside = path.equals(part.path()) ? "" : path.substring(part.path().length() + 1);
    OptionalInt line = SettingLines.of(mapper(part.text()), part.text()).of(inside);
    return line.isPresent()
        ? "%s, line %d: ".formatted(part.name(), line.getAsInt())
        : part.name() + ": ";
  }

  ObjectNode read(String text) {
    if (sets.size() > MOST_SETS) {
      throw new InvalidInput(
          "--set: %,d settings are given, more than there are: %,d at most"
              .formatted(sets.size(), MOST_SETS));
    }
    String start = name.isEmpty() ? "" : name + ": ";
    ObjectNode given =
        parsed(start, text, "a specification is a list of settings such as \"method: te-nas\"");
    if (part != null) {
      String expected =
          "a file for %s is a list of settings (%s)"
              .formatted(part.path(), String.join(", ", SpecificationSchema.namesIn(part.path())));
      ObjectNode settings = parsed(part.name() + ": ", part.text(), expected);
      if (settings.isEmpty() && problems.isEmpty()) {
        problems.add("%s: %s, but this is empty".formatted(part.name(), expected));
      }
      given.set(part.path(), settings);
    }
    sets.entrySet().stream()
        .sorted(Comparator.comparingInt(set -> set.getKey().split("\\.", -1).length)) // stable
        .forEach(set -> set(given, set.getKey(), set.getValue()));
    return given;
  }

  private static ObjectMapper mapper(String text) {
    return JSON_START.matcher(text).lookingAt() ? JSON : YAML;
  }

  private ObjectNode parsed(String start, String text, String expected) {
    ObjectMapper mapper = mapper(text);
    try {
      JsonNode tree = mapper.readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      if (!tree.isMissingNode() && !tree.isNull()) {
        problems.add("%s%s, but this is %s".formatted(start, expected, SchemaWords.value(tree)));
      }
      return JsonNodeFactory.instance.objectNode();
    } catch (JsonProcessingException e) {
      throw new InvalidInput(start + syntaxProblem(e, mapper.equals(JSON) ? "JSON" : "YAML"), e);
    }
  }

  private static String syntaxProblem(JsonProcessingException e, String language) {
    JsonLocation where = e.getLocation();
    String place =
        where == null
            ? ""
            : " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
    String reason = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    return "not readable as %s%s: %s".formatted(language, place, reason);
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
                    path,
                    String.join(".", List.of(names).subList(0, i + 1)),
                    SchemaWords.value(next)));
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
