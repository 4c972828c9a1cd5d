package dev.espalier.cli.command;

import java.util.Locale;

/** How an experiment stands, as the rest of a sentence about it. */
final class Standing {
  private Standing() {}

  /** {@code is running}, {@code needs attention}. */
  static String of(String state) {
    String words = state.toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.startsWith("needs") ? words : "is " + words;
  }
}
