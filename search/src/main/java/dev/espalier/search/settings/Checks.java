package dev.espalier.search.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Collects what is impossible together in a specification, though each setting by itself is not.
 */
public final class Checks {
  private final JsonNode specification;
  private final Set<String> broken;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param specification as it was written, completed by its preset
   * @param broken paths that are wrong by themselves and were reported already
   */
  public Checks(JsonNode specification, Set<String> broken) {
    this.specification = specification;
    this.broken = Set.copyOf(broken);
  }

  /** What was found so far. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Adds a problem.
   *
   * @param sentence begins with the path of a setting; formatted with the values
   */
  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of its own
  public void problem(String sentence, Object... values) {
    problems.add(sentence.formatted(values));
  }

  /** Whether all these settings are possible by themselves. */
  public boolean usable(String... paths) {
    return List.of(paths).stream().noneMatch(this::isBroken);
  }

  private boolean isBroken(String path) {
    return broken.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "."));
  }

  /** The paths that are wrong by themselves. */
  public Set<String> broken() {
    return broken;
  }

  public long number(String path) {
    return at(path).asLong();
  }

  public String text(String path) {
    return at(path).asText();
  }

  public JsonNode at(String path) {
    return specification.at("/" + path.replace('.', '/'));
  }

  /** What holds of every training of a network; nothing where none is trained. */
  public void training() {
    if (at("evaluation").isMissingNode()) {
      return;
    }
    if (usable("evaluation.batch", "evaluation.trainImages")
        && number("evaluation.batch") > number("evaluation.trainImages")) {
      problem(
          "evaluation.batch (%d) cannot exceed evaluation.trainImages (%d): "
              + "lower evaluation.batch or raise evaluation.trainImages.",
          number("evaluation.batch"), number("evaluation.trainImages"));
    }
    if (usable("evaluation.cutout", "evaluation.imageSize")
        && number("evaluation.cutout") >= number("evaluation.imageSize")) {
      problem(
          "evaluation.cutout (%d) must be smaller than evaluation.imageSize (%d), or nothing is left "
              + "to see: use 0, or half the image.",
          number("evaluation.cutout"), number("evaluation.imageSize"));
    }
    if (usable("evaluation.nesterov", "evaluation.momentum")
        && at("evaluation.nesterov").asBoolean()
        && at("evaluation.momentum").asDouble() == 0) {
      problem(
          "evaluation.nesterov needs a momentum: set evaluation.momentum to 0.9, or evaluation.nesterov to false.");
    }
  }
}
