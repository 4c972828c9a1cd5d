package dev.espalier.cli;

import dev.espalier.cli.command.BackupCommand;
import dev.espalier.cli.command.CancelCommand;
import dev.espalier.cli.command.CompareCommand;
import dev.espalier.cli.command.CompletionCommand;
import dev.espalier.cli.command.DataCommand;
import dev.espalier.cli.command.DeleteCommand;
import dev.espalier.cli.command.DuCommand;
import dev.espalier.cli.command.ExportCommand;
import dev.espalier.cli.command.ForkCommand;
import dev.espalier.cli.command.ListCommand;
import dev.espalier.cli.command.LogsCommand;
import dev.espalier.cli.command.ModelCommand;
import dev.espalier.cli.command.NameCommand;
import dev.espalier.cli.command.NoteCommand;
import dev.espalier.cli.command.OpenCommand;
import dev.espalier.cli.command.Output;
import dev.espalier.cli.command.PauseCommand;
import dev.espalier.cli.command.ReplayCommand;
import dev.espalier.cli.command.RerunCommand;
import dev.espalier.cli.command.RestoreCommand;
import dev.espalier.cli.command.ResumeCommand;
import dev.espalier.cli.command.RetryCommand;
import dev.espalier.cli.command.RunCommand;
import dev.espalier.cli.command.ScoreCommand;
import dev.espalier.cli.command.ShowCommand;
import dev.espalier.cli.command.SpaceCommand;
import dev.espalier.cli.command.TagCommand;
import dev.espalier.cli.command.TrainCommand;
import dev.espalier.cli.command.VerifyCommand;
import dev.espalier.cli.command.WatchCommand;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** All commands, and what is said where one fails. */
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
final class Commands {
  private static final String HELP = "help";

  /** The commands in the order of the help. Only the one that is asked for is made. */
  private static final Map<String, Class<?>> COMMANDS = commands();

  private Commands() {}

  /** The whole command, ready to execute. */
  static CommandLine all() {
    return of(COMMANDS.keySet());
  }

  /**
   * As much of the command as these arguments need. To look at each of some twenty commands takes
   * longer than most of them do.
   */
  static CommandLine forArguments(String[] arguments) {
    return arguments.length > 0 && COMMANDS.containsKey(arguments[0]) && !needsAll(arguments[0])
        ? of(Set.of(arguments[0]))
        : all();
  }

  /** Those that tell of others. */
  private static boolean needsAll(String command) {
    return command.equals(HELP) || command.equals("completion");
  }

  private static CommandLine of(Set<String> names) {
    CommandLine line = new CommandLine(new Commands());
    for (String name : names) {
      CommandLine command = new CommandLine(Objects.requireNonNull(COMMANDS.get(name)));
      line.addSubcommand(name, command);
      helpFor(command);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(Commands::explainMistake);
    line.setExecutionExceptionHandler(Commands::explainFailure);
    return line;
  }

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("up", UpCommand.class);
    commands.put("run", RunCommand.class);
    commands.put("train", TrainCommand.class);
    commands.put("list", ListCommand.class);
    commands.put("show", ShowCommand.class);
    commands.put("open", OpenCommand.class);
    commands.put("compare", CompareCommand.class);
    commands.put("watch", WatchCommand.class);
    commands.put("logs", LogsCommand.class);
    commands.put("pause", PauseCommand.class);
    commands.put("resume", ResumeCommand.class);
    commands.put("cancel", CancelCommand.class);
    commands.put("retry", RetryCommand.class);
    commands.put("rerun", RerunCommand.class);
    commands.put("fork", ForkCommand.class);
    commands.put("name", NameCommand.class);
    commands.put("tag", TagCommand.class);
    commands.put("note", NoteCommand.class);
    commands.put("delete", DeleteCommand.class);
    commands.put("du", DuCommand.class);
    commands.put("replay", ReplayCommand.class);
    commands.put("backup", BackupCommand.class);
    commands.put("restore", RestoreCommand.class);
    commands.put("data", DataCommand.class);
    commands.put("model", ModelCommand.class);
    commands.put("space", SpaceCommand.class);
    commands.put("score", ScoreCommand.class);
    commands.put("export", ExportCommand.class);
    commands.put("verify", VerifyCommand.class);
    commands.put("worker", WorkerCommand.class);
    commands.put("doctor", DoctorCommand.class);
    commands.put("completion", CompletionCommand.class);
    commands.put(HELP, CommandLine.HelpCommand.class);
    commands.put("serve", ServeCommand.class);
    commands.put("engine-environment", EngineEnvironmentCommand.class);
    return commands;
  }

  private static void helpFor(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (!spec.mixinStandardHelpOptions()) {
      spec.mixinStandardHelpOptions(true);
    }
    command.getSubcommands().values().forEach(Commands::helpFor);
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
    return Main.CALLERS_MISTAKE;
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
      return Main.CALLERS_MISTAKE;
    }
    err.println("espalier: " + inWords(failure));
    err.flush();
    return Main.FAILURE;
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
