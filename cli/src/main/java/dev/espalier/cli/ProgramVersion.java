package dev.espalier.cli;

/** The version of this program, from its jar. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** As the jar says it; "development" where there is no jar. */
  public static String current() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** What {@code --version} prints. */
  static String words() {
    return "espalier "
        .concat(current())
        .concat(", Java ")
        .concat(System.getProperty("java.runtime.version"));
  }
}
