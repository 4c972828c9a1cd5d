package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Settings that are possible one by one but not together. */
final class CrossChecks {
  private final JsonNode specification;
  private final Set<String> broken;
  private final List<String> problems = new ArrayList<>();

  private CrossChecks(JsonNode specification, Set<String> broken) {
    this.specification = specification;
    this.broken = broken;
  }

  /**
   * All such problems.
   *
   * @param broken paths that are wrong by themselves and were reported already
   */
  static List<String> problems(JsonNode specification, Set<String> broken) {
    CrossChecks checks = new CrossChecks(specification, broken);
    checks.batchOfTheEvaluation();
    checks.cutout();
    checks.prunePerEdge();
    checks.nesterov();
    return checks.problems;
  }

  private void batchOfTheEvaluation() {
    if (usable("evaluation.batch", "evaluation.trainImages")) {
      long batch = number("evaluation.batch");
      long images = number("evaluation.trainImages");
      if (batch > images) {
        problems.add(
            ("evaluation.batch (%d) cannot exceed evaluation.trainImages (%d):"
                    + " lower evaluation.batch or raise evaluation.trainImages.")
                .formatted(batch, images));
      }
    }
  }

  private void cutout() {
    if (usable("evaluation.cutout", "evaluation.imageSize")) {
      long cutout = number("evaluation.cutout");
      long size = number("evaluation.imageSize");
      if (cutout >= size) {
        problems.add(
            ("evaluation.cutout (%d) must be smaller than evaluation.imageSize (%d),"
                    + " or nothing is left to see: use 0, or half the image.")
                .formatted(cutout, size));
      }
    }
  }

  private void prunePerEdge() {
    if (usable("search.prunePerEdge", "search.operators")) {
      long prune = number("search.prunePerEdge");
      int operators = at("search.operators").asText().equals("all") ? 5 : 4;
      if (prune >= operators) {
        problems.add(
            ("search.prunePerEdge (%d) must be smaller than the number of operators on an edge (%d):"
                    + " use 1, the published setting.")
                .formatted(prune, operators));
      }
    }
  }

  private void nesterov() {
    if (usable("evaluation.nesterov", "evaluation.momentum")
        && at("evaluation.nesterov").asBoolean()
        && at("evaluation.momentum").asDouble() == 0) {
      problems.add(
          "evaluation.nesterov needs a momentum: set evaluation.momentum to 0.9, or evaluation.nesterov to false.");
    }
  }

  private boolean usable(String... paths) {
    return List.of(paths).stream().noneMatch(path -> isBroken(path));
  }

  private boolean isBroken(String path) {
    return broken.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "."));
  }

  private long number(String path) {
    return at(path).asLong();
  }

  private JsonNode at(String path) {
    return specification.at("/" + path.replace('.', '/'));
  }
}
