package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Named settings, complete but for the method's and the preset's own name. */
final class Presets {
  private static final List<String> EVOLUTIONS = List.of("quick", "published");
  private static final List<String> PRUNINGS = List.of("recommended", "quick", "published");
  private static final List<String> RECIPES =
      List.of("quick", "nas-bench-201", "darts-cifar", "darts-imagenet");

  private static final YAMLMapper YAML = new YAMLMapper();

  private Presets() {}

  static ObjectNode of(String method, String preset) {
    return resource("presets/%s/%s.yaml".formatted(method, preset));
  }

  /** Those of a method, the default first. */
  static List<String> names(String method) {
    return switch (method) {
      case TeNasSpecification.METHOD -> PRUNINGS;
      case TrainSpecification.METHOD -> RECIPES;
      default -> EVOLUTIONS;
    };
  }

  /** The settings that are recommended where one that was given is impossible. */
  static ObjectNode advised(String method) {
    return of(method, method.equals(TrainSpecification.METHOD) ? "nas-bench-201" : "published");
  }

  /** Puts what a preset says for one space, below that word in the plural, over the rest of it. */
  static void choose(ObjectNode preset, String space) {
    if (preset.remove("spaces") instanceof ObjectNode spaces
        && spaces.get(space) instanceof ObjectNode own) {
      merge(preset, own);
    }
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
