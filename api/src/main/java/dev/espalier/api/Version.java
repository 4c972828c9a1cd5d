package dev.espalier.api;

import java.util.Objects;

/** The version of this build, as experiments record it. */
public final class Version {
  private Version() {}

  public static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
