package dev.espalier.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier fork}. */
@Command(
    name = "fork",
    sortOptions = false,
    description = {
      "Takes an experiment in another direction: another seed, data set or setting.",
      "What does not depend on that is reused."
    },
    footer = {
      "",
      "Examples:",
      "  espalier fork 7f3k --seed 1",
      "  espalier fork 7f3k --data my-images --set search.most=200 --dry-run"
    })
public final class ForkCommand implements Callable<Integer> {

  @Mixin private final FollowOptions options = new FollowOptions();

  @Override
  public Integer call() throws InterruptedException {
    return options.follow("fork", "");
  }
}
