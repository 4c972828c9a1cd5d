package dev.espalier.cli.command;

import dev.espalier.cli.home.RunningHome;

/** Addresses of the page. */
final class PageAddresses {

  private PageAddresses() {}

  static String of(RunningHome running, String experiment) {
    String base = running.url();
    return (base.endsWith("/") ? base : base + "/") + "#/experiments/" + experiment;
  }
}
