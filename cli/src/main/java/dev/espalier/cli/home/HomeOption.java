package dev.espalier.cli.home;

import dev.espalier.search.failure.InvalidInput;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --home}, for every command that needs one ({@code @Mixin HomeOption home}). */
public final class HomeOption {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  private @Nullable Path home;

  /** Refused at once, also by commands that need none: nobody means what it would make. */
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "What this installation keeps (default: $ESPALIER_HOME or ~/.espalier).")
  void home(Path typed) {
    try {
      Home.of(typed);
      home = typed;
    } catch (InvalidInput mistake) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(),
          String.valueOf(mistake.getMessage()),
          mistake);
    }
  }

  public Home home() {
    return Home.of(home);
  }
}
