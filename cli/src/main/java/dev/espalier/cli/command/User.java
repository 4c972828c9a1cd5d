package dev.espalier.cli.command;

/** Who types. */
final class User {

  private User() {}

  static String name() {
    String name = System.getProperty("user.name");
    return name == null || name.isBlank() || name.equals("?") ? "someone" : name;
  }
}
