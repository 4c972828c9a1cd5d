package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.espalier.search.canonical.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The one schema, {@code specification.schema.json}: what is allowed, and where a specification
 * breaks it.
 */
final class SpecificationSchema {
  static final String TEXT = text();

  private static final JsonNode TREE = Json.read(TEXT, JsonNode.class);
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(TREE);

  private SpecificationSchema() {}

  /**
   * A rule that is broken.
   *
   * @param path of the setting, such as {@code search.ntk.batch}
   * @param keyword of the schema, such as {@code maximum} or {@code additionalProperties}
   */
  record Violation(String path, String keyword) {}

  static List<Violation> violations(JsonNode specification) {
    return SCHEMA.validate(specification).stream().map(SpecificationSchema::violation).toList();
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
  static JsonNode at(String path) {
    JsonNode node = TREE;
    if (!path.isEmpty()) {
      for (String name : path.split("\\.", -1)) {
        node = node.path("properties").path(name);
      }
    }
    return node;
  }

  /** The names inside a group, in the schema's order. */
  static List<String> names(String group) {
    return at(group).path("properties").properties().stream().map(Map.Entry::getKey).toList();
  }

  /** The words that a setting may be. */
  static List<String> words(String path) {
    return at(path).path("enum").valueStream().map(JsonNode::asText).toList();
  }

  private static String text() {
    String name = "specification.schema.json";
    try (InputStream in = SpecificationSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
