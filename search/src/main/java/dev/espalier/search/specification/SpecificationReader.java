package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what a person wrote, fills in the preset, and explains everything that is wrong at once.
 */
public final class SpecificationReader {
  private SpecificationReader() {}

  public static Specification read(String yamlOrJson, Map<String, String> sets) {
    try {
      YAMLMapper yaml = new YAMLMapper();
      ObjectNode given = yaml.createObjectNode();
      JsonNode read = yaml.readTree(yamlOrJson);
      if (read instanceof ObjectNode object) {
        given = object;
      }
      for (var set : sets.entrySet()) {
        ObjectNode node = given;
        String[] path = set.getKey().split("\\.", -1);
        for (int i = 0; i < path.length - 1; i++) {
          node = node.withObjectProperty(path[i]);
        }
        node.set(path[path.length - 1], yaml.readTree(set.getValue()));
      }
      String preset = given.path("preset").asText("quick");
      try (InputStream in =
          Objects.requireNonNull(
              SpecificationReader.class.getResourceAsStream(
                  "presets/te-nas/" + preset + ".yaml"))) {
        JsonNode whole = yaml.readerForUpdating(yaml.readTree(in)).readValue(given.toString());
        return Json.mapper().treeToValue(whole, Specification.class);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Specification preset(String method, String preset, Map<String, String> sets) {
    return read("{\"method\": \"%s\", \"preset\": \"%s\"}".formatted(method, preset), sets);
  }
}
