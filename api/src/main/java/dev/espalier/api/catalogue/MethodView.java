package dev.espalier.api.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.specification.Specification;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A method that can be launched.
 *
 * @param stages the names of its stages, in order
 * @param presets the first one is the default
 * @param schema JSON Schema of its specification
 */
public record MethodView(
    String name,
    String title,
    String summary,
    String paper,
    List<String> stages,
    List<PresetView> presets,
    @Schema(type = "object", implementation = Object.class) JsonNode schema) {
  public MethodView {
    stages = List.copyOf(stages);
    presets = List.copyOf(presets);
  }

  /** A named setting with every default filled in. */
  public record PresetView(String name, Specification specification) {}
}
