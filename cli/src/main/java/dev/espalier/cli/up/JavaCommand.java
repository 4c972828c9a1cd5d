package dev.espalier.cli.up;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line that runs another part of this same program: same Java, same class path. */
final class JavaCommand {
  private static final List<String> COMMON =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private JavaCommand() {}

  /** {@code java <flags> dev.espalier.cli.Main <arguments>}. */
  static List<String> of(List<String> flags, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(COMMON);
    words.addAll(flags);
    String root = System.getProperty("espalier.root");
    if (root != null) {
      words.add("-Despalier.root=" + root);
    }
    // The launcher's own pattern where there is one: `ps` stays readable.
    String libraries =
        absolute(System.getProperty("espalier.classpath", System.getProperty("java.class.path")));
    words.add("-Despalier.classpath=" + libraries);
    words.add("-cp");
    words.add(libraries);
    words.add("dev.espalier.cli.Main");
    words.addAll(arguments);
    return words;
  }

  /** The parts work in their home's folder: what is relative here would be elsewhere there. */
  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .map(entry -> new File(entry).getAbsolutePath())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
