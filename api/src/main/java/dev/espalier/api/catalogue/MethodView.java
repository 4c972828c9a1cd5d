package dev.espalier.api.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Specification;
import dev.espalier.search.specification.SpecificationReader;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A method that can be launched.
 *
 * @param stages the names of its stages, in order
 * @param presets the first one is the default
 * @param schema JSON Schema of its specification
 * @param stageTitles how people call its stages, by name and in order
 */
public record MethodView(
    String name,
    String title,
    String summary,
    String paper,
    List<String> stages,
    List<PresetView> presets,
    @Schema(type = "object", implementation = Object.class) JsonNode schema,
    Map<String, String> stageTitles) {
  public MethodView {
    stages = List.copyOf(stages);
    presets = List.copyOf(presets);
  }

  static MethodView of(Method method) {
    Map<String, String> titles = new LinkedHashMap<>();
    method.stages().forEach(stage -> titles.put(stage.name(), stage.title()));
    return new MethodView(
        method.name(),
        method.title(),
        method.summary(),
        method.paper(),
        List.copyOf(titles.keySet()),
        method.presets().stream().map(preset -> PresetView.of(method, preset)).toList(),
        Json.read(SpecificationReader.schema(method), JsonNode.class),
        titles);
  }

  /** A named setting with every default filled in. */
  public record PresetView(String name, Specification specification) {
    private static PresetView of(Method method, String preset) {
      return new PresetView(
          preset, SpecificationReader.preset(method.name(), preset, method.example()));
    }
  }
}
