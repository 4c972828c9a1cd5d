package dev.espalier.cli.command;

import dev.espalier.api.experiments.ExperimentQuery;
import dev.espalier.api.experiments.ExperimentReader;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.home.Processes;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.view.ExperimentTable;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.method.Methods;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier list}. */
@Command(
    name = "list",
    description = "Lists the experiments of this home, newest first.",
    footer = {
      "",
      "Examples:",
      "  espalier list --state running,needs-attention",
      "  espalier list --find cifar10 --sort -accuracy --limit 10",
      "  espalier list --json"
    })
public final class ListCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only those in this state; several with commas.")
  private List<String> states = List.of();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      split = ",",
      description = "Only those of this method; several with commas.")
  private List<String> methods = List.of();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      split = ",",
      description = "Only those with all these tags.")
  private List<String> tags = List.of();

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Only those launched since 7d (or 12h, 2w) ago, or 2026-03-01.")
  private String since = "";

  @Option(
      names = "--find",
      paramLabel = "WORDS",
      description =
          "Only those with all these words: of id, method, space, data, preset, seed, state, person, name, tags.")
  private List<String> words = List.of();

  @Option(
      names = "--sort",
      paramLabel = "BY",
      description =
          "created, method, data, seed, state, seconds, accuracy or recoveries; with a minus before it "
              + "the greatest first.")
  private String sort = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private String limit = "";

  @Option(names = "--offset", paramLabel = "N", description = "Without the first N.")
  private String offset = "";

  @Override
  public Integer call() {
    requireMethods();
    Map<String, List<String>> parameters = parameters();
    ExperimentQuery query =
        ExperimentQuery.of(parameters); // all that is wrong, before anything is asked
    Instant now = Instant.now();
    ExperimentReader.Part part = part(parameters, query, now);
    List<ExperimentLine> experiments = part.lines();
    part.damaged().forEach(output::remark);
    if (json) {
      output.json(experiments);
    } else if (experiments.isEmpty() && part.damaged().isEmpty()) {
      output.line(nothing(part));
    } else {
      output.lines(ExperimentTable.lines(experiments, now, output.style()));
      if (experiments.size() < part.total()) {
        output.remark(
            "%,d to %,d of %,d"
                .formatted(part.first() + 1, part.first() + experiments.size(), part.total()));
      }
    }
    return 0;
  }

  private void requireMethods() {
    for (String method : methods) {
      if (!Methods.names().contains(method)) {
        throw new InvalidInput(
            "there is no method %s: allowed are %s.%s"
                .formatted(
                    method,
                    String.join(", ", Methods.names()),
                    DidYouMean.sentence(method, Methods.names())));
      }
    }
  }

  /** From the running {@code up}, which has all at hand; else from the store itself. */
  private ExperimentReader.Part part(
      Map<String, List<String>> parameters, ExperimentQuery query, Instant now) {
    Optional<RunningHome> running = RunningHome.findReadable(home.home());
    if (running.isPresent()) {
      // it has opened the store, and nobody may have seen what was said of that
      EmbeddedStore.newsSince(home.home().storeFile(), now.minus(Duration.ofDays(1)))
          .ifPresent(output::remark);
      try (ApiClient api = new ApiClient(running.get())) {
        ExperimentReader.Part part = api.list(parameters);
        tellUnsupervised();
        return part;
      } catch (Lost away) {
        // it may end just now: what it has served is in the store
      }
    }
    return StoreAccess.use(home.home(), "list", access -> read(access, query));
  }

  private ExperimentReader.Part read(StoreAccess access, ExperimentQuery query) {
    tellUnsupervised();
    return ExperimentReader.of(access.store()).list(query);
  }

  private Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new HashMap<>();
    parameters.put("state", states);
    parameters.put("method", methods);
    parameters.put("tag", tags);
    parameters.put("since", List.of(since));
    parameters.put("q", words);
    parameters.put("sort", List.of(sort));
    parameters.put("limit", List.of(limit));
    parameters.put("offset", List.of(offset));
    return parameters;
  }

  private String nothing(ExperimentReader.Part part) {
    if (part.total() > 0) {
      return "No more: there are %,d.".formatted(part.total());
    }
    return states.isEmpty()
            && words.isEmpty()
            && methods.isEmpty()
            && tags.isEmpty()
            && since.isEmpty()
        ? "No experiments yet. Begin with: espalier run te-nas"
        : "No experiment is like that.";
  }

  private void tellUnsupervised() {
    try {
      List<String> left =
          Processes.of(home.home()).leftBehind(home.home()).stream()
              .map(Processes.Part::name)
              .toList();
      if (!left.isEmpty()) {
        output.remark(
            ("`up` was killed, and its parts (%s) go on without it until nothing is left to do; "
                    + "none that dies is started again. To take over: espalier up%s")
                .formatted(String.join(", ", left), Homes.option(home.home())));
      }
    } catch (IOException e) {
      output.remark(String.valueOf(e.getMessage()));
    }
  }
}
