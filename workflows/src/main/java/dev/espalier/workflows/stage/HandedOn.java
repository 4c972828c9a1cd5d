package dev.espalier.workflows.stage;

import java.util.Optional;

/**
 * A stage's result as later stages are given it: itself, or where it is large, the key under which
 * the store has it. A payload may have 2 MB, and the last stage is given all results.
 */
public final class HandedOn {
  /** In characters. */
  private static final int LARGE = 64 * 1024;

  /** No result begins like this: they are JSON objects. */
  private static final String RECORDED = "recorded/";

  private HandedOn() {}

  /**
   * @param result JSON
   * @param key under which it is recorded
   */
  public static String of(String result, String key) {
    return result.length() > LARGE ? RECORDED + key : result;
  }

  /** The key under which a large result is recorded; empty for a result itself. */
  public static Optional<String> key(String handedOn) {
    return handedOn.startsWith(RECORDED)
        ? Optional.of(handedOn.substring(RECORDED.length()))
        : Optional.empty();
  }
}
