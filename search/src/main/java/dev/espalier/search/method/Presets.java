package dev.espalier.search.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Named settings, complete but for the method's and the preset's own name. */
public final class Presets {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Presets() {}

  public static ObjectNode of(Method method, String preset) {
    String name = "presets/%s.yaml".formatted(preset);
    try (InputStream in = method.specification().getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " of " + method.name());
      }
      return YAML.readValue(in, ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings that are recommended for a space where one that was given is impossible. */
  public static ObjectNode advised(Method method, String space) {
    ObjectNode advised = of(method, method.advised());
    choose(advised, space);
    return advised;
  }

  /** Puts what a preset says for one space, below that word in the plural, over the rest of it. */
  public static void choose(ObjectNode preset, String space) {
    if (preset.remove("spaces") instanceof ObjectNode spaces
        && spaces.get(space) instanceof ObjectNode own) {
      merge(preset, own);
    }
  }

  /** Puts {@code upper} over {@code lower}, group by group; a group left empty changes nothing. */
  public static void merge(ObjectNode lower, ObjectNode upper) {
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
