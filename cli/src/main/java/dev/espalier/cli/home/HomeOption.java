package dev.espalier.cli.home;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --home}, for every command that needs one ({@code @Mixin HomeOption home}). */
public final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "What this installation keeps (default: $ESPALIER_HOME or ~/.espalier).")
  private @Nullable Path home;

  public Home home() {
    return Home.of(home);
  }
}
