package dev.espalier.cli;

import dev.espalier.cli.command.Output;
import dev.espalier.cli.doctor.DoctorCommand;
import dev.espalier.cli.up.EngineEnvironmentCommand;
import dev.espalier.cli.up.ServeCommand;
import dev.espalier.cli.up.UpCommand;
import dev.espalier.cli.up.WorkerCommand;
import dev.espalier.search.failure.DiskFull;
import dev.espalier.search.failure.FileTrouble;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The {@code espalier} command. Exit status: 0; 2 for the caller's mistake; 1 for a failure. */
@Command(
    name = "espalier",
    mixinStandardHelpOptions = true,
    versionProvider = PicocliVersion.class,
    description = "Neural architecture search that cannot lose a run.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Begin with:  espalier run te-nas     and, to see what is wrong with an installation:  espalier doctor",
      "Each command answers --help."
    })
public final class Main {
  public static final int OK = 0;
  public static final int FAILURE = 1;
  public static final int CALLERS_MISTAKE = 2;

  /**
   * The commands of people, in the order of the help; those of {@code dev.espalier.cli.command} are
   * found by name.
   */
  private static final List<String> COMMANDS =
      List.of(
          "Run", "Train", "List", "Show", "Watch", "Logs", "Pause", "Resume", "Cancel", "Retry",
          "Data", "Model", "Space", "Score", "Export", "Verify");

  /** Commands that run on, whose log somebody reads; and the option that asks for it. */
  private static final Set<String> SERVING = Set.of("up", "serve", "worker", "--debug");

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ENGLISH); // digits in the names of parameters decide what is drawn
    if (Stream.of(arguments).noneMatch(SERVING::contains)) {
      // What went wrong is said once, by the command; the log is for what runs unattended.
      System.setProperty("espalier.log", "ERROR");
    }
    System.exit(commandLine().execute(arguments));
  }

  /** The whole command, ready to execute; for tests too. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new UpCommand());
    for (String name : COMMANDS) {
      addByName(line, "dev.espalier.cli.command." + name + "Command");
    }
    line.addSubcommand(new WorkerCommand());
    line.addSubcommand(new DoctorCommand());
    line.addSubcommand(new ServeCommand());
    line.addSubcommand(new EngineEnvironmentCommand());
    for (CommandLine command : line.getSubcommands().values()) {
      helpFor(command);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(Main::explainMistake);
    line.setExecutionExceptionHandler(Main::explainFailure);
    return line;
  }

  private static void helpFor(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (!spec.mixinStandardHelpOptions()) {
      spec.mixinStandardHelpOptions(true);
    }
    command.getSubcommands().values().forEach(Main::helpFor);
  }

  private static void addByName(CommandLine line, String className) {
    try {
      line.addSubcommand(Class.forName(className).getDeclaredConstructor().newInstance());
    } catch (ClassNotFoundException e) {
      // Not built yet.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(className + " is no command", e);
    }
  }

  private static int explainMistake(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    // picocli says "option" twice of options that are maps
    err.println(
        "espalier: " + String.valueOf(mistake.getMessage()).replace("option option", "option"));
    CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return CALLERS_MISTAKE;
  }

  private static int explainFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (System.getenv("ESPALIER_DEBUG") != null || Boolean.getBoolean(Output.DEBUG)) {
      failure.printStackTrace(err);
    }
    if (failure instanceof InvalidInput mistake) {
      mistake.problems().forEach(problem -> err.println("espalier: " + problem));
      err.flush();
      return CALLERS_MISTAKE;
    }
    err.println("espalier: " + inWords(failure));
    err.flush();
    return FAILURE;
  }

  private static String inWords(Exception failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case DiskFull _ -> message + ", and do it again";
      case UncheckedIOException around ->
          FileTrouble.inWords(Objects.requireNonNull(around.getCause()));
      case IOException trouble -> FileTrouble.inWords(trouble);
      default -> message == null || message.isBlank() ? failure.toString() : message;
    };
  }
}
