package dev.espalier.cli.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier completion}. */
@Command(
    name = "completion",
    description = "Prints what makes a shell complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(espalier completion bash)       in ~/.bashrc, likewise zsh",
      "  espalier completion fish > ~/.config/fish/completions/espalier.fish"
    })
public final class CompletionCommand implements Callable<Integer> {

  enum ShellName {
    BASH,
    ZSH,
    FISH
  }

  @Mixin private final Output output = new Output();

  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private ShellName shell = ShellName.BASH;

  @Override
  public Integer call() {
    CommandLine whole = Objects.requireNonNull(command).root().commandLine();
    output.line(
        switch (shell) {
          case BASH, ZSH -> AutoComplete.bash(whole.getCommandName(), whole);
          case FISH -> FishCompletion.script(whole.getCommandSpec());
        });
    return 0;
  }
}
