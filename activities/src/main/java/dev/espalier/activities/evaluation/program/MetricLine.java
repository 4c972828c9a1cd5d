package dev.espalier.activities.evaluation.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.OwnProgram;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a program tells of an epoch, a line of JSON such as {@code {"epoch": 3, "validation":
 * 0.71}}.
 *
 * @param epoch from 1
 * @param validation ratio
 * @param test ratio; null where it is not told
 * @param loss of the training; null where it is not told
 * @param last whether the training ends with it, though more epochs were asked for
 */
record MetricLine(
    int epoch, double validation, @Nullable Double test, @Nullable Double loss, boolean last) {
  private static final ObjectReader JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build().reader();

  /**
   * Reads a line; empty where it is none of these, and so only for the log.
   *
   * @param epochs that were asked for
   * @throws InvalidInput if a number is not what it should be
   * @throws Diverged if the accuracy or the loss is no finite number
   */
  static Optional<MetricLine> read(String line, OwnProgram program, int epochs) {
    JsonNode tree = tree(line);
    if (tree == null || !tree.has("epoch")) {
      return Optional.empty();
    }
    JsonNode epoch = tree.get("epoch");
    if (!epoch.isIntegralNumber() || !epoch.canConvertToInt() || epoch.asInt() < 1) {
      throw wrong(line, "epoch must be a whole number from 1");
    }
    if (epoch.asInt() > epochs) {
      throw wrong(line, "%d epochs were asked for ({epochs}), not more".formatted(epochs));
    }
    if (!tree.has("validation")) {
      throw wrong(line, "validation is missing: it is what architectures are judged by");
    }
    Double loss = tree.has("loss") ? finite(tree.get("loss"), "loss", line) : null;
    return Optional.of(
        new MetricLine(
            epoch.asInt(),
            ratio(tree.get("validation"), "validation", line, program),
            tree.has("test") ? ratio(tree.get("test"), "test", line, program) : null,
            loss,
            tree.path("final").asBoolean()));
  }

  private static @Nullable JsonNode tree(String line) {
    if (!line.stripLeading().startsWith("{")) {
      return null;
    }
    try {
      JsonNode tree = JSON.readTree(line);
      return tree.isObject() ? tree : null;
    } catch (JsonProcessingException e) {
      return null; // for people
    }
  }

  private static double ratio(JsonNode value, String name, String line, OwnProgram program) {
    double number = finite(value, name, line);
    double scale = program.scale();
    if (number < 0 || number > scale) {
      throw wrong(
          line,
          scale == 1
              ? "%s must be a ratio between 0 and 1; if it is in percent, say evaluation.metrics=percent"
                  .formatted(name)
              : "%s must be between 0 and 100, since evaluation.metrics is percent"
                  .formatted(name));
    }
    return number / scale;
  }

  private static double finite(JsonNode value, String name, String line) {
    if (value.isNull() || (value.isNumber() && !Double.isFinite(value.asDouble()))) {
      throw new Diverged(
          "the program told a %s of %s: %s".formatted(name, value.asText(), cut(line)));
    }
    if (!value.isNumber()) {
      throw wrong(line, name + " must be a number");
    }
    return value.asDouble();
  }

  private static InvalidInput wrong(String line, String why) {
    return new InvalidInput("evaluation.command told %s: %s".formatted(cut(line), why));
  }

  private static String cut(String line) {
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }
}
