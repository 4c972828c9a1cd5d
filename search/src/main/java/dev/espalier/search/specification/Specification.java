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
  public Specification {
    Require.present("method", method);
    Require.present("space", space);
    Require.present("data", data);
    Require.present("preset", preset);
    Require.present("search", search);
    Require.present("evaluation", evaluation);
    Require.present("budget", budget);
    Require.present("failure", failure);
  }

  /** The methods that can be named in a specification. */
  public static List<String> methods() {
    return List.of("te-nas");
  }

  /** The JSON schema of what may be written, draft 2020-12. */
  public static String schema() {
    return SpecificationSchema.TEXT;
  }

  /** RFC 8785; reads back as an equal specification. */
  public String canonical() {
    return CanonicalJson.of(this);
  }
}
