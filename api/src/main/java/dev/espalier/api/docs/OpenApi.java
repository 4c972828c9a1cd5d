package dev.espalier.api.docs;

import dev.espalier.api.method.Findings;
import dev.espalier.api.method.MethodFindings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI document that the build generates from the controllers. Which findings there are is
 * known only where the methods are listed, and is added here.
 */
final class OpenApi {
  private static final String RESOURCE = "/META-INF/swagger/openapi.yml";

  private OpenApi() {}

  static String yaml() {
    Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(built());
    Map<String, Object> schemas = map(map(document.get("components")).get("schemas"));
    map(schemas.get(Findings.class.getSimpleName())).putAll(oneOfTheListed());
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(options).dump(document);
  }

  private static Map<String, Object> oneOfTheListed() {
    Map<String, String> schemas = new LinkedHashMap<>();
    for (MethodFindings findings : MethodFindings.all()) {
      schemas.put(findings.method(), "#/components/schemas/" + findings.type().getSimpleName());
    }
    List<Map<String, String>> references =
        schemas.values().stream().map(schema -> Map.of("$ref", schema)).toList();
    return Map.of(
        "oneOf", references, "discriminator", Map.of("propertyName", "method", "mapping", schemas));
  }

  @SuppressWarnings("unchecked") // what a YAML object is
  private static Map<String, Object> map(@Nullable Object node) {
    return (Map<String, Object>) Objects.requireNonNull(node);
  }

  private static String built() {
    try (InputStream stream = OpenApi.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(
            RESOURCE + " is not in the jar: the build did not generate it");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
