package dev.espalier.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, from its jar. */
public final class PicocliVersion implements IVersionProvider {
  /** As the jar says it; "development" where there is no jar. */
  public static String current() {
    String version = PicocliVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"espalier " + current() + ", Java " + Runtime.version()};
  }
}
