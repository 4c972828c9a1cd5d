package dev.espalier.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that launches experiments takes. */
final class LaunchOptions {
  @Option(
      names = "--data",
      paramLabel = "D|FOLDER",
      description = "The data set (see: espalier data list), or a folder of images to import.")
  private @Nullable String data;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of all that is drawn.")
  private @Nullable String seed;

  @Option(
      names = "--set",
      paramLabel = "path=value",
      description = "Any other setting, such as evaluation.cutout=8; may be repeated.")
  private final Map<String, String> sets = new LinkedHashMap<>();

  @Option(names = "--fresh", description = "Compute all anew: reuse nothing that was computed.")
  private boolean fresh;

  @Option(names = "--detach", description = "Launch and return; it goes on by itself.")
  private boolean detach;

  @Option(
      names = "--json",
      description = "Print as JSON what came of it when it ends (an array of several).")
  private boolean json;

  @Nullable String seed() {
    return seed;
  }

  boolean fresh() {
    return fresh;
  }

  boolean detach() {
    return detach;
  }

  boolean json() {
    return json;
  }

  /**
   * The settings by path, changeable.
   *
   * @param named by other options, over those of {@code --set}; null where one was not given
   */
  Map<String, String> settings(Map<String, @Nullable String> named) {
    Map<String, String> settings = new LinkedHashMap<>(sets);
    put(settings, "data", data);
    put(settings, "seed", seed);
    named.forEach((path, value) -> put(settings, path, value));
    return settings;
  }

  private static void put(Map<String, String> settings, String path, @Nullable String value) {
    if (value != null) {
      settings.put(path, value);
    }
  }
}
