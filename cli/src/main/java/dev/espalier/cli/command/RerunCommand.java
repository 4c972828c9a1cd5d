package dev.espalier.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier rerun}. */
@Command(
    name = "rerun",
    sortOptions = false,
    description = {
      "Runs an experiment again as a new one, from a stage on or with settings changed.",
      "Every stage that is the same is reused."
    },
    footer = {
      "",
      "Examples:",
      "  espalier rerun 7f3k --from evaluate",
      "  espalier rerun 7f3k --set evaluation.epochs=24 --dry-run"
    })
public final class RerunCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      description = "Compute anew from this stage on, though it is there already.")
  private String from = "";

  @Mixin private final FollowOptions options = new FollowOptions();

  @Override
  public Integer call() throws InterruptedException {
    return options.follow("rerun", from);
  }
}
