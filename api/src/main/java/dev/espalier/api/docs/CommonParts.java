package dev.espalier.api.docs;

import dev.espalier.api.http.IdempotencyKey;
import dev.espalier.api.http.ListPart;
import dev.espalier.api.http.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What follows from the shape of a call and so is written at none: the errors that it can answer
 * with, the parameters of lists, the Idempotency-Key of what changes something. What a controller
 * says itself counts.
 */
final class CommonParts {
  private static final String SCHEMAS = "#/components/schemas/";
  private static final List<String> SINGLE = List.of("string", "integer", "number", "boolean");

  private final Map<String, Object> schemas;

  /**
   * @param schemas of the document, by name
   */
  CommonParts(Map<String, Object> schemas) {
    this.schemas = schemas;
  }

  /** Completes one call. */
  void complete(String path, String method, Map<String, Object> call) {
    Map<String, Object> answers = Tree.map(call.get("responses"));
    answers.forEach((status, answer) -> describe(status, Tree.map(answer)));
    Tree.list(call.get("parameters")).forEach(each -> untype(Tree.map(each)));
    boolean changes =
        method.equals("post") && !String.valueOf(call.get("operationId")).startsWith("plan");
    if (changes) {
      parameters(call).addFirst(key());
    }
    if (method.equals("get")) {
      list(call, answers);
    }
    errors(path, method, changes, call)
        .forEach((status, words) -> answers.putIfAbsent(Integer.toString(status), problem(words)));
    call.put("responses", new TreeMap<>(answers));
  }

  /** The generator makes up a description where a controller gives none. */
  private static void describe(String status, Map<String, Object> answer) {
    if (String.valueOf(answer.get("description")).endsWith(" response")) {
      answer.put("description", status.equals("201") ? "Made" : "As asked");
    }
  }

  /** The generator calls what is said at a method itself an object: none of the project's is. */
  private static void untype(Map<String, Object> parameter) {
    Map<String, Object> schema = Tree.map(parameter.get("schema"));
    schema.replace("type", "object", "string");
    schema.remove("nullable"); // left out, not null
  }

  private static Map<Integer, String> errors(
      String path, String method, boolean changes, Map<String, Object> call) {
    Map<Integer, String> errors = new LinkedHashMap<>();
    errors.put(400, "The call is not understood: every problem of it at once");
    errors.put(
        403, "Asked by another user of the machine, under a foreign name, or from a foreign page");
    errors.put(500, "A fault of the server, or of what the store has");
    errors.put(503, "The store or Temporal is away for now: ask again later");
    if (path.contains("{")) {
      errors.put(404, "There is nothing of that name");
    }
    if (!method.equals("get")) {
      errors.put(409, "Not in the state that things are in; the same may be possible later");
    }
    if (changes) {
      errors.put(422, "The Idempotency-Key belongs to another wish");
    }
    if (call.containsKey("requestBody")) {
      errors.put(413, "The body is larger than a megabyte");
      errors.put(415, "The body is not called application/json");
    }
    return errors;
  }

  private static Map<String, Object> problem(String description) {
    return Tree.of(
        "description",
        description,
        "content",
        Tree.of(
            Problem.MEDIA_TYPE,
            Tree.of("schema", Tree.of("$ref", SCHEMAS + Problem.class.getSimpleName()))));
  }

  private static Map<String, Object> key() {
    return parameter(
        IdempotencyKey.HEADER,
        "header",
        "A name for this wish, such as a random UUID: asked again under it, it is done once",
        Tree.of("type", "string", "pattern", "^([!#-~]{1,255}|\"[!#-~]{1,255}\")$"));
  }

  private static Map<String, Object> parameter(
      String name, String in, String description, Map<String, Object> schema) {
    return Tree.of(
        "name", name, "in", in, "required", false, "description", description, "schema", schema);
  }

  private static List<Object> parameters(Map<String, Object> call) {
    List<Object> parameters = new ArrayList<>(Tree.list(call.get("parameters")));
    call.put("parameters", parameters);
    return parameters;
  }

  /** Every list is answered in parts by the same parameters, of which it may have more. */
  private void list(Map<String, Object> call, Map<String, Object> answers) {
    Map<String, Object> answer = Tree.map(answers.get("200"));
    Map<String, Object> schema =
        Tree.map(Tree.map(Tree.map(answer.get("content")).get("application/json")).get("schema"));
    if (!"array".equals(schema.get("type"))) {
      return;
    }
    List<Object> parameters = parameters(call);
    List<Object> given = parameters.stream().map(each -> Tree.map(each).get("name")).toList();
    ofLists(Tree.map(schema.get("items"))).stream()
        .filter(each -> !given.contains(each.get("name")))
        .forEach(parameters::add);
    answer.put(
        "headers",
        Tree.of(
            ListPart.TOTAL,
            Tree.of(
                "description", "Of how many this is a part", "schema", Tree.of("type", "integer")),
            "Link",
            Tree.of(
                "description",
                "Where the next part is, if there is one (RFC 8288)",
                "schema",
                Tree.of("type", "string"))));
  }

  private List<Map<String, Object>> ofLists(Map<String, Object> items) {
    return List.of(
        parameter(
            "limit",
            "query",
            "At most so many; left out, all",
            Tree.of("type", "integer", "format", "int32", "minimum", 1, "maximum", 1_000)),
        parameter(
            "offset",
            "query",
            "How many are left out before",
            Tree.of("type", "integer", "format", "int32", "minimum", 0, "maximum", 999_999_999)),
        parameter(
            "q", "query", "Words that each must be somewhere in it", Tree.of("type", "string")),
        parameter(
            "sort",
            "query",
            "The field by which it is sorted; with - before it, the greatest first",
            Tree.of("type", "string", "enum", orders(items))));
  }

  /** The fields of an item that are single values, upwards and downwards. */
  private List<String> orders(Map<String, Object> items) {
    List<String> orders = new ArrayList<>();
    String name = String.valueOf(items.get("$ref")).substring(SCHEMAS.length());
    Tree.map(Tree.map(schemas.get(name)).get("properties"))
        .forEach((field, schema) -> {
          if (SINGLE.contains(String.valueOf(Tree.map(schema).get("type")))) {
            orders.addAll(List.of(field, "-" + field));
          }
        });
    return orders;
  }
}
