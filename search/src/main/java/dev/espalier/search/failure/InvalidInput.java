package dev.espalier.search.failure;

import java.util.List;

/**
 * The caller's mistake: says what was given, what is allowed and how to mend it. Never retried.
 *
 * <p>A specification's problems are reported together, one per line of the message.
 */
public class InvalidInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public InvalidInput(String message) {
    super(message);
    this.problems = List.of(message);
  }

  public InvalidInput(String message, Throwable cause) {
    super(message, cause);
    this.problems = List.of(message);
  }

  /** All problems at once; there must be at least one. */
  public InvalidInput(List<String> problems) {
    super(String.join("\n", problems));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("InvalidInput without a problem");
    }
    this.problems = List.copyOf(problems);
  }

  public final List<String> problems() {
    return problems;
  }
}
