package dev.espalier.api.docs;

import dev.espalier.api.template.Templates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * An OpenAPI document as one plain page: every call with its parameters and what it answers.
 *
 * @param calls by tag
 */
record OpenApiPage(String description, Map<String, List<Call>> calls) {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  /**
   * One call.
   *
   * @param name its method and path
   */
  record Call(
      String name,
      String summary,
      String description,
      List<Parameter> parameters,
      List<Answer> answers,
      List<Answer> errors) {
    Call {
      parameters = List.copyOf(parameters);
      answers = List.copyOf(answers);
      errors = List.copyOf(errors);
    }
  }

  /**
   * @param in the path or the query
   */
  record Parameter(String name, String in, boolean required) {}

  /** What is answered with one status. */
  record Answer(String status, String what) {}

  static String of(String yaml) {
    Map<String, Object> root = map(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    return Templates.write(
        "docs/openapi.jte",
        new OpenApiPage(
            text(map(root.get("info")).get("description")), byTag(map(root.get("paths")))));
  }

  private static Map<String, List<Call>> byTag(Map<String, Object> paths) {
    Map<String, List<Call>> byTag = new LinkedHashMap<>();
    new TreeMap<>(paths)
        .forEach((path, item) -> {
          for (String method : METHODS) {
            Map<String, Object> operation = map(map(item).get(method));
            if (!operation.isEmpty()) {
              String tag =
                  list(operation.get("tags")).stream()
                      .findFirst()
                      .map(String::valueOf)
                      .orElse("Others");
              byTag
                  .computeIfAbsent(tag, name -> new ArrayList<>())
                  .add(call(method.toUpperCase(Locale.ROOT) + " " + path, operation));
            }
          }
        });
    return byTag;
  }

  private static Call call(String name, Map<String, Object> operation) {
    return new Call(
        name,
        text(operation.get("summary")),
        text(operation.get("description")),
        list(operation.get("parameters")).stream()
            .map(OpenApiPage::map)
            .map(each ->
                new Parameter(
                    text(each.get("name")),
                    text(each.get("in")),
                    Boolean.TRUE.equals(each.get("required"))))
            .toList(),
        map(operation.get("responses")).entrySet().stream()
            .filter(each -> each.getKey().startsWith("2"))
            .map(each -> new Answer(each.getKey(), answer(map(each.getValue()))))
            .toList(),
        map(operation.get("responses")).entrySet().stream()
            .filter(each -> !each.getKey().startsWith("2"))
            .map(each -> new Answer(each.getKey(), text(map(each.getValue()).get("description"))))
            .toList());
  }

  /** The name of what is answered, and what it means where the generator did not make it up. */
  private static String answer(Map<String, Object> response) {
    String description = String.valueOf(response.get("description"));
    List<String> types =
        map(response.get("content")).entrySet().stream()
            .map(content ->
                content.getKey() + " " + type(map(map(content.getValue()).get("schema"))))
            .toList();
    return (description.endsWith(" response") ? "" : description + ": ") + String.join(", ", types);
  }

  private static String type(Map<String, Object> schema) {
    if (schema.get("$ref") instanceof String reference) {
      return reference.substring(reference.lastIndexOf('/') + 1);
    }
    return "array".equals(schema.get("type")) ? "of " + type(map(schema.get("items"))) : "";
  }

  private static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach((key, each) -> map.put(String.valueOf(key), each));
    }
    return map;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
