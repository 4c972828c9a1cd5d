package dev.espalier.api.docs;

import dev.espalier.api.method.Findings;
import dev.espalier.api.method.MethodFindings;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Specification;
import dev.espalier.search.specification.SpecificationReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI document that the build generates from the controllers, completed by what they do not
 * say: what follows from the shape of a call ({@link CommonParts}), and which findings and
 * specifications there are, which is known only where the methods are listed.
 */
final class OpenApi {
  private static final String RESOURCE = "/META-INF/swagger/openapi.yml";
  private static final String SCHEMAS = "#/components/schemas/";

  private OpenApi() {}

  /**
   * @param server where the calls are answered, such as {@code http://127.0.0.1:8420}
   */
  static String yaml(String server) {
    Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(built());
    document.put("servers", List.of(Tree.of("url", server)));
    Map<String, Object> schemas = Tree.map(Tree.map(document.get("components")).get("schemas"));
    findings(schemas);
    specifications(schemas);
    schemas.values().forEach(schema -> alternatives(Tree.map(schema)));
    CommonParts common = new CommonParts(schemas);
    Tree.map(document.get("paths"))
        .forEach((path, calls) ->
            Tree.map(calls)
                .forEach((method, call) -> common.complete(path, method, Tree.map(call))));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(options).dump(document);
  }

  private static void findings(Map<String, Object> schemas) {
    Map<String, String> names = new LinkedHashMap<>();
    for (MethodFindings findings : MethodFindings.all()) {
      String name = findings.type().getSimpleName();
      names.put(findings.method(), name);
      Map<String, Object> properties = Tree.map(Tree.map(schemas.get(name)).get("properties"));
      properties.put("method", only(findings.method()));
    }
    schemas.put(
        Findings.class.getSimpleName(),
        oneOf(names, "For every method its own, which is named like the method."));
  }

  private static void specifications(Map<String, Object> schemas) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Method method : Methods.all()) {
      String name = method.specification().getSimpleName();
      names.put(method.name(), name);
      Map<String, Object> schema =
          Tree.map(Json.read(SpecificationReader.schema(method), LinkedHashMap.class));
      // A title would be its name in generated clients, and all have the same.
      schema.keySet().removeAll(List.of("$schema", "$id", "title"));
      Tree.map(schema.get("properties")).put("method", only(method.name()));
      method
          .prerequisites()
          .forEach(inner -> {
            Map<String, Object> around = schema;
            for (String group : inner.around()) {
              around = Tree.map(Tree.map(around.get("properties")).get(group));
            }
            Map<String, Object> own =
                Tree.map(Tree.map(around.get("properties")).get(inner.name()));
            own.remove("title");
            own.put("nullable", true);
          });
      schemas.put(name, schema);
    }
    schemas.put(
        Specification.class.getSimpleName(),
        oneOf(
            names,
            "What an experiment does, by its method. The preset fills in what is left out."));
  }

  /** The generator calls what is one of several a list, too. */
  private static void alternatives(Map<String, Object> schema) {
    Tree.map(schema.get("properties"))
        .values()
        .forEach(property -> {
          if (Tree.map(property).containsKey("anyOf")) {
            Tree.map(property).keySet().removeAll(List.of("type", "items"));
          }
        });
  }

  /** A text that can be this one only. */
  private static Map<String, Object> only(String text) {
    return Tree.of("type", "string", "enum", List.of(text));
  }

  /**
   * @param names of the schemas, by method
   */
  private static Map<String, Object> oneOf(Map<String, String> names, String description) {
    Map<String, String> mapping = new LinkedHashMap<>();
    names.forEach((method, name) -> mapping.put(method, SCHEMAS + name));
    return Tree.of(
        "description",
        description,
        "oneOf",
        mapping.values().stream().map(schema -> Tree.of("$ref", schema)).toList(),
        "discriminator",
        Tree.of("propertyName", "method", "mapping", mapping));
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
