package dev.espalier.search.specification;

import dev.espalier.search.canonical.CanonicalJson;
import java.util.List;

/** What a person launches, fully resolved: nothing is left to a default. */
public record Specification(
    String method,
    String space,
    String data,
    long seed,
    String preset,
    SearchSettings search,
    EvaluationSettings evaluation,
    BudgetSettings budget,
    FailureSettings failure) {

  /** The methods that can be named in a specification. */
  public static List<String> methods() {
    return List.of("te-nas");
  }

  /** RFC 8785; reads back as an equal specification. */
  public String canonical() {
    return CanonicalJson.of(this);
  }
}
