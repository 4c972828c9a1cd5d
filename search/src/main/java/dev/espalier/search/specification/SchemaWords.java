package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.specification.SpecificationSchema.Violation;
import java.math.BigDecimal;
import java.util.List;

/** The schema's rules in sentences. */
final class SchemaWords {
  private final SpecificationSchema schema;

  SchemaWords(SpecificationSchema schema) {
    this.schema = schema;
  }

  /** What is wrong with a setting, what is allowed, and what to use instead. */
  String problem(Violation violation, JsonNode given, JsonNode published) {
    return switch (violation.keyword()) {
      case "required" -> missing(violation.path());
      case "additionalProperties" -> unknown(violation.path());
      case "uniqueItems" ->
          "%s names something twice: give every entry once.".formatted(violation.path());
      default -> impossible(violation.path(), given, published);
    };
  }

  private String missing(String path) {
    return "%s is missing: it must be %s".formatted(path, allowed(path));
  }

  private String unknown(String path) {
    if (!schema.at(path).isMissingNode()) {
      return "%s must be written as a group, one level a line: %s"
          .formatted(
              path,
              path.replace(".", ": {") + ": ..." + "}".repeat(path.split("\\.", -1).length - 1));
    }
    int dot = path.lastIndexOf('.');
    String group = dot < 0 ? "" : path.substring(0, dot);
    String prefix = dot < 0 ? "" : group + ".";
    List<String> names = schema.names(group);
    String suggestion =
        DidYouMean.suggestion(path.substring(dot + 1), names)
            .map(name -> " Did you mean %s%s?".formatted(prefix, name))
            .orElse("");
    return "%s is not a setting: allowed %s %s.%s"
        .formatted(
            path,
            group.isEmpty() ? "are" : "in " + group + " are",
            String.join(", ", names),
            suggestion);
  }

  private String impossible(String path, JsonNode given, JsonNode published) {
    String sentence = "%s must be %s, but was %s.".formatted(path, allowed(path), value(given));
    List<String> words = schema.words(path);
    if (!words.isEmpty()) {
      return sentence + DidYouMean.sentence(given.asText(), words);
    }
    boolean hasAdvice = published.isNumber() || published.isBoolean();
    return hasAdvice
        ? sentence + " Use %s, the published setting.".formatted(value(published))
        : sentence;
  }

  /** What a setting may be. */
  private String allowed(String path) {
    JsonNode rule = schema.at(path);
    List<String> words = schema.words(path);
    if (!words.isEmpty()) {
      return words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
    }
    return switch (rule.path("type").asText()) {
      case "integer" -> wholeNumber(rule);
      case "number" -> "a number " + range(rule);
      case "boolean" -> "true or false";
      case "array" ->
          "a list of %s to %s entries%s"
              .formatted(
                  rule.get("minItems"),
                  rule.get("maxItems"),
                  schema.words(path + ".0").isEmpty()
                      ? ""
                      : ", each one of " + String.join(", ", schema.words(path + ".0")));
      case "string" ->
          rule.path("pattern").asText().equals("\\S")
              ? rule.path("description").asText()
              : "a name of lower-case letters, digits, '.', '_' and '-'"
                  + (rule.path("pattern").asText().endsWith(")?$") ? ", or empty" : "");
      default -> "a group of settings (%s)".formatted(String.join(", ", schema.names(path)));
    };
  }

  private static String wholeNumber(JsonNode rule) {
    String multiple =
        rule.has("multipleOf") ? "a multiple of %s ".formatted(rule.get("multipleOf")) : "";
    return multiple + range(rule);
  }

  private static String range(JsonNode rule) {
    return "between %s and %s".formatted(value(rule.path("minimum")), value(rule.path("maximum")));
  }

  /** A value as a person would write it. */
  static String value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "\"" + node.asText() + "\"";
      case NUMBER -> number(node.decimalValue());
      case OBJECT -> "a group of settings";
      case ARRAY -> node.isEmpty() ? "an empty list" : "a list of %,d".formatted(node.size());
      case NULL, MISSING -> "empty";
      case BOOLEAN, BINARY, POJO -> node.asText();
    };
  }

  private static String number(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
