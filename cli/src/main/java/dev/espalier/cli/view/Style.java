package dev.espalier.cli.view;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;

/** Emphasis on a terminal; on anything else it leaves the text as it is. */
public final class Style {

  private static final String RESET = "\u001b[0m";
  private static final Style PLAIN = new Style(false);
  private static final Style COLOUR = new Style(true);

  private final boolean colour;

  private Style(boolean colour) {
    this.colour = colour;
  }

  /** No escape sequences at all. */
  public static Style plain() {
    return PLAIN;
  }

  /** ANSI sequences of the basic sixteen colours, which every theme makes readable. */
  public static Style ansi() {
    return COLOUR;
  }

  public String strong(String text) {
    return wrap("\u001b[1m", text);
  }

  public String quiet(String text) {
    return wrap("\u001b[2m", text);
  }

  public String good(String text) {
    return wrap("\u001b[32m", text);
  }

  public String busy(String text) {
    return wrap("\u001b[36m", text);
  }

  public String warn(String text) {
    return wrap("\u001b[33m", text);
  }

  public String bad(String text) {
    return wrap("\u001b[31m", text);
  }

  /** The style in which an experiment's state is shown. */
  public String state(ExperimentState state, String text) {
    return switch (state) {
      case COMPLETED -> good(text);
      case RUNNING -> busy(text);
      case PAUSED, CANCELLED -> warn(text);
      case NEEDS_ATTENTION -> bad(text);
      case QUEUED -> quiet(text);
    };
  }

  /** The style in which a stage's state is shown. */
  public String state(StageState state, String text) {
    return switch (state) {
      case COMPLETED, REUSED -> good(text);
      case RUNNING -> busy(text);
      case PAUSED, CANCELLED, SKIPPED -> warn(text);
      case FAILED -> bad(text);
      default -> quiet(text);
    };
  }

  private String wrap(String start, String text) {
    return colour && !text.isEmpty() ? start + text + RESET : text;
  }
}
