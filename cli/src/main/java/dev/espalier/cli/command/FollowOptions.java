package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command takes that follows an experiment by another one. */
final class FollowOptions {
  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Option(names = "--data", paramLabel = "D", description = "Another data set.")
  private @Nullable String data;

  @Option(names = "--seed", paramLabel = "N", description = "Another seed.")
  private @Nullable String seed;

  @Option(
      names = "--set",
      paramLabel = "path=value",
      description = "Another setting, such as evaluation.epochs=24; may be repeated.")
  private final Map<String, String> sets = new LinkedHashMap<>();

  @Option(
      names = "--dry-run",
      description = "Only say what would be reused and computed, and name that plan by a token.")
  private boolean dryRun;

  @Option(
      names = "--plan",
      paramLabel = "TOKEN",
      description = "Do exactly what the dry run of the same command said, or nothing.")
  private String plan = "";

  @Option(names = "--detach", description = "Launch and return; it goes on by itself.")
  private boolean detach;

  @Option(names = "--json", description = "Print as JSON the plan, or what came of it.")
  private boolean json;

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  /** Follows the experiment. */
  int follow(String verb, String from) throws InterruptedException {
    Map<String, String> settings = new LinkedHashMap<>(sets);
    if (data != null) {
      settings.put("data", data);
    }
    if (seed != null) {
      settings.put("seed", seed);
    }
    Following following = new Following(home.home(), output, json);
    ApiClient.Follow wish = new ApiClient.Follow(verb, from, settings, plan, User.name());
    return dryRun ? following.plan(id, wish) : following.start(id, wish, detach);
  }
}
