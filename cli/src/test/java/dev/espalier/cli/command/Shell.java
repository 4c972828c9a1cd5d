package dev.espalier.cli.command;

import dev.espalier.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs a command in this process, as {@code espalier} would. */
final class Shell {

  private final Path home;

  Shell(Path home) {
    this.home = home;
  }

  /** What a command left: its exit status and its two streams. */
  record Result(int status, String out, String err) {}

  /** Runs a command that takes {@code --home}. */
  Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", home.toString()));
    return bare(all.toArray(String[]::new));
  }

  static Result bare(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int status = line.execute(arguments);
    return new Result(status, out.toString(), err.toString());
  }
}
