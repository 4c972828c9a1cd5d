package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.espalier.search.space.darts.DartsSpace;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Named settings, complete but for the method's and the preset's own name. */
final class Presets {
  static final String DEFAULT = "quick";
  static final String PUBLISHED = "published";
  static final List<String> NAMES = List.of(DEFAULT, PUBLISHED);

  private static final YAMLMapper YAML = new YAMLMapper();

  private Presets() {}

  static ObjectNode of(String method, String preset) {
    return resource("presets/%s/%s.yaml".formatted(method, preset));
  }

  /** As {@link #of(String, String)}, with what is different in a space. */
  static ObjectNode of(String method, String preset, String space) {
    ObjectNode whole = of(method, preset);
    if (method.equals(TeNasSpecification.METHOD) && space.equals(DartsSpace.NAME)) {
      merge(whole, resource("presets/%s/%s/%s.yaml".formatted(method, space, preset)));
    }
    return whole;
  }

  /** What {@code search.mode: reference} changes in every preset. */
  static ObjectNode referenceMode(String method) {
    return resource("presets/%s/reference.yaml".formatted(method));
  }

  private static ObjectNode resource(String name) {
    try (InputStream in = Presets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return YAML.readValue(in, ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts {@code upper} over {@code lower}, group by group; a group left empty changes nothing. */
  static void merge(ObjectNode lower, ObjectNode upper) {
    upper
        .properties()
        .forEach(entry -> {
          JsonNode below = lower.get(entry.getKey());
          JsonNode above = entry.getValue();
          if (below instanceof ObjectNode group && above instanceof ObjectNode over) {
            merge(group, over);
          } else if (!(below instanceof ObjectNode && above.isNull())) {
            lower.set(entry.getKey(), above.deepCopy());
          }
        });
  }
}
