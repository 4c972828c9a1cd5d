package dev.espalier.api.docs;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An OpenAPI document as one plain page: every call with its parameters and what it answers. */
final class OpenApiPage {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  private OpenApiPage() {}

  static String of(String yaml) {
    Map<String, Object> root = map(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>API · Espalier</title><link rel="icon" type="image/svg+xml" href="/icon.svg"><link rel="stylesheet" href="/page.css"></head><body><main>
        <a class="crumb" href="/">← Espalier</a><div class="page-head"><div><h1>API</h1><p>%s <a href="/openapi.yml">As OpenAPI</a></p></div></div>
        """
            .formatted(escape(map(root.get("info")).get("description"))));
    byTag(map(root.get("paths")))
        .forEach((tag, calls) -> {
          page.append(
              "<section class=\"panel api\"><header><h2>%s</h2></header><dl>"
                  .formatted(escape(tag)));
          calls.forEach((call, operation) -> page.append(call(call, operation)));
          page.append("</dl></section>");
        });
    return page.append("</main></body></html>\n").toString();
  }

  /** Calls by tag; each call is named by its method and path. */
  private static Map<String, Map<String, Map<String, Object>>> byTag(Map<String, Object> paths) {
    Map<String, Map<String, Map<String, Object>>> byTag = new LinkedHashMap<>();
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
                  .computeIfAbsent(tag, name -> new LinkedHashMap<>())
                  .put(method.toUpperCase(Locale.ROOT) + " " + path, operation);
            }
          }
        });
    return byTag;
  }

  private static String call(String name, Map<String, Object> operation) {
    StringBuilder text = new StringBuilder();
    text.append(
        "<dt><code>%s</code></dt><dd><p>%s</p>"
            .formatted(escape(name), escape(operation.get("summary"))));
    if (operation.get("description") != null) {
      text.append("<p class=\"soft\">%s</p>".formatted(escape(operation.get("description"))));
    }
    for (Object each : list(operation.get("parameters"))) {
      Map<String, Object> parameter = map(each);
      text.append(
          "<p class=\"hint\"><code>%s</code> in the %s%s</p>"
              .formatted(
                  escape(parameter.get("name")),
                  escape(parameter.get("in")),
                  Boolean.TRUE.equals(parameter.get("required")) ? ", required" : ""));
    }
    map(operation.get("responses"))
        .forEach((status, response) ->
            text.append(
                "<p class=\"hint\">%s %s</p>"
                    .formatted(escape(status), escape(answer(map(response))))));
    return text.append("</dd>").toString();
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

  private static String escape(@Nullable Object value) {
    return value == null ? "" : escapeXml11(value.toString());
  }
}
