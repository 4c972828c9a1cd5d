package dev.espalier.cli.command;

import dev.espalier.cli.home.RunningHome;

/** Addresses of the page. */
final class Pages {

  private Pages() {}

  static String of(RunningHome running, String experiment) {
    String base = running.url();
    return (base.endsWith("/") ? base : base + "/") + "#/experiments/" + experiment;
  }
}
