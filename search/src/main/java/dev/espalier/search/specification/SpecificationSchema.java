package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Prerequisites;
import dev.espalier.search.method.Presets;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The schema of a method's specifications, what all methods have in common and then its own: what
 * is allowed, and where a specification breaks it.
 */
final class SpecificationSchema {
  private static final Map<String, SpecificationSchema> ALL = new ConcurrentHashMap<>();

  private final ObjectNode tree;
  private final JsonSchema schema;

  private SpecificationSchema(Method method) {
    tree = tree(method);
    schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(tree);
  }

  private static ObjectNode tree(Method method) {
    ObjectNode tree = resource(SpecificationSchema.class, "common.json");
    ObjectNode own = resource(method.specification(), "schema.json");
    // Parts that several methods have come from files beside the common one; what the method says
    // itself counts, and so does its order.
    JsonNode parts = own.remove("parts");
    Presets.merge(tree, own);
    if (parts != null) {
      for (JsonNode part : parts) {
        Presets.merge(tree, resource(SpecificationSchema.class, part.asText() + ".json"));
      }
      Presets.merge(tree, own);
    }
    // The methods that there are, whichever this one is: a misspelt one is explained by them.
    ObjectNode named = (ObjectNode) tree.at("/properties/method");
    ArrayNode methods = named.putArray("enum");
    Methods.names().forEach(methods::add);
    method.prerequisites().forEach(each -> put(tree, each));
    return tree;
  }

  /** What may be written for what is made first: all that its own method allows. */
  private static void put(ObjectNode tree, Prerequisites.Inner inner) {
    ObjectNode own = tree(Methods.named(inner.method()));
    own.remove(List.of("$schema", "$id", "required"));
    own.put("title", inner.path());
    own.put(
        "description",
        "What %s makes first, by all of its settings; left out where it is at hand."
            .formatted(inner.method()));
    ((ObjectNode) own.at("/properties/method")).putArray("enum").add(inner.method());
    String around = "/properties/" + String.join("/properties/", inner.around());
    ((ObjectNode) tree.at(around + "/properties")).set(inner.name(), own);
  }

  static SpecificationSchema of(Method method) {
    return ALL.computeIfAbsent(method.name(), _ -> new SpecificationSchema(method));
  }

  /** Whether some method has a text under that path. */
  static boolean isText(String path) {
    return Methods.all().stream()
        .anyMatch(method -> of(method).at(path).path("type").asText().equals("string"));
  }

  /** The names inside a group of whichever method has it. */
  static List<String> namesIn(String group) {
    return Methods.all().stream()
        .map(method -> of(method).names(group))
        .filter(names -> !names.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  String text() {
    return tree.toString();
  }

  /**
   * A rule that is broken.
   *
   * @param path of the setting, such as {@code search.ntk.batch}
   * @param keyword of the schema, such as {@code maximum} or {@code additionalProperties}
   */
  record Violation(String path, String keyword) {}

  List<Violation> violations(JsonNode specification) {
    return schema.validate(specification).stream().map(SpecificationSchema::violation).toList();
  }

  private static Violation violation(ValidationMessage message) {
    String path = path(message.getInstanceLocation());
    String property = message.getProperty();
    return new Violation(property == null ? path : child(path, property), message.getType());
  }

  private static String path(JsonNodePath location) {
    List<String> names =
        IntStream.range(0, location.getNameCount()).mapToObj(location::getName).toList();
    return String.join(".", names);
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The schema's part for a setting or group; missing where there is no such setting. */
  JsonNode at(String path) {
    JsonNode node = tree;
    if (!path.isEmpty()) {
      for (String name : path.split("\\.", -1)) {
        node = node.has("items") ? node.path("items") : node.path("properties").path(name);
      }
    }
    return node;
  }

  /** The names inside a group, in the schema's order. */
  List<String> names(String group) {
    return at(group).path("properties").properties().stream().map(Map.Entry::getKey).toList();
  }

  /** The words that a setting may be. */
  List<String> words(String path) {
    return at(path).path("enum").valueStream().map(JsonNode::asText).toList();
  }

  private static ObjectNode resource(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file);
      }
      return (ObjectNode) Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
