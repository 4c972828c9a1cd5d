package dev.espalier.cli.command;

import org.jspecify.annotations.Nullable;

/** Says once what keeps the news from coming, and once that they come again. */
final class Troubles {

  private final Output output;
  private String told = "";

  Troubles(Output output) {
    this.output = output;
  }

  /**
   * Takes in how it is now.
   *
   * @param trouble what is wrong; null when all is well
   */
  void tell(@Nullable String trouble) {
    String now = trouble == null ? "" : trouble;
    if (!now.equals(told)) {
      told = now;
      output.remark(now.isEmpty() ? "The store answers again." : now);
    }
  }
}
