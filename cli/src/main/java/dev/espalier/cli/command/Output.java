package dev.espalier.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.espalier.cli.view.Style;
import dev.espalier.search.canonical.Json;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command prints, and how much of a terminal that is ({@code @Mixin Output output}). */
public final class Output {

  private static final ObjectWriter PRETTY =
      Json.mapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  /** The property that {@code --debug} sets, for whoever prints failures. */
  public static final String DEBUG = "espalier.debug";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--debug", description = "Show the stack trace of a failure.")
  void debug(boolean wanted) {
    if (wanted) {
      System.setProperty(DEBUG, "true");
    }
  }

  /** Results: what a program may read. */
  PrintWriter out() {
    return Objects.requireNonNull(command).commandLine().getOut();
  }

  /** Remarks: what only a person reads. */
  PrintWriter err() {
    return Objects.requireNonNull(command).commandLine().getErr();
  }

  void line(String text) {
    out().println(text);
    out().flush();
  }

  void lines(List<String> lines) {
    lines.forEach(out()::println);
    out().flush();
  }

  void remark(String text) {
    err().println(text);
    err().flush();
  }

  void json(Object value) {
    line(pretty(value));
  }

  /** A value as indented JSON. */
  static String pretty(Object value) {
    try {
      return PRETTY.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("%s cannot be written as JSON".formatted(value), e);
    }
  }

  /** A value as JSON on one line. */
  void jsonLine(Object value) {
    line(Json.write(value));
  }

  /**
   * Whether lines can be redrawn: a terminal that understands it, and nobody who asked otherwise.
   */
  @SuppressWarnings(
      "SystemConsoleNull") // true of JDK 22 to 24; in 25 it is null again (JDK-8351435)
  boolean isLive() {
    String terminal = System.getenv("TERM");
    Console console = System.console();
    return console != null
        && console.isTerminal()
        && terminal != null
        && !terminal.equals("dumb")
        && !noColour();
  }

  Style style() {
    return isLive() ? Style.ansi() : Style.plain();
  }

  /** See no-color.org. */
  private static boolean noColour() {
    String wish = System.getenv("NO_COLOR");
    return wish != null && !wish.isEmpty();
  }
}
