package dev.espalier.api.experiments;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.ExperimentSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which experiments are listed, in which order, and which part of them: the parameters of {@code
 * GET /api/experiments}.
 *
 * @param states those wanted; empty for all
 * @param methods those wanted; empty for all
 * @param tags that each must have
 * @param since when they must have been launched, or later; null for any time
 * @param words that each must have somewhere, in lower case
 * @param limit at most so many; null for all
 * @param offset how many are left out before
 * @param after the id of the one before the first; null to begin with the first
 */
public record ExperimentQuery(
    List<ExperimentState> states,
    List<String> methods,
    List<String> tags,
    @Nullable Instant since,
    List<String> words,
    ExperimentOrder order,
    @Nullable Integer limit,
    int offset,
    @Nullable String after) {
  private static final int MOST = 1_000;
  private static final int LAST = 999_999_999;
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern WORD = Pattern.compile("\\bseed\\s+\\d+\\b|\\S+");
  private static final List<String> PARAMETERS =
      List.of("limit", "offset", "after", "state", "method", "tag", "since", "q", "sort");

  public ExperimentQuery {
    states = List.copyOf(states);
    methods = List.copyOf(methods);
    tags = List.copyOf(tags);
    words = List.copyOf(words);
  }

  /**
   * Reads the parameters of a request.
   *
   * @throws InvalidInput with everything that is wrong with them
   */
  public static ExperimentQuery of(Map<String, List<String>> parameters) {
    List<String> problems = new ArrayList<>();
    for (String name : parameters.keySet()) {
      if (!PARAMETERS.contains(name)) {
        problems.add(
            "%s is no parameter of the list: allowed are %s.%s"
                .formatted(
                    name, String.join(", ", PARAMETERS), DidYouMean.sentence(name, PARAMETERS)));
      }
    }
    String limit = last(parameters, "limit");
    String offset = last(parameters, "offset");
    ExperimentQuery query =
        new ExperimentQuery(
            states(parameters.getOrDefault("state", List.of()), problems),
            parts(parameters.getOrDefault("method", List.of())),
            parts(parameters.getOrDefault("tag", List.of())),
            Since.of(last(parameters, "since"), Instant.now(), problems),
            words(parameters.getOrDefault("q", List.of())),
            ExperimentOrder.of(last(parameters, "sort"), problems),
            limit.isEmpty() ? null : whole("limit", limit, 1, MOST, problems),
            offset.isEmpty() ? 0 : whole("offset", offset, 0, LAST, problems),
            last(parameters, "after").isEmpty() ? null : last(parameters, "after"));
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return query;
  }

  /** Whether it is of the methods, tags and time that are wanted. */
  boolean fits(ExperimentSummary summary) {
    return (methods.isEmpty() || methods.contains(summary.method()))
        && summary.labels().tags().containsAll(tags)
        && (since == null || !summary.created().isBefore(since));
  }

  private static List<String> parts(List<String> given) {
    return given.stream()
        .flatMap(COMMA::splitAsStream)
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private static String last(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getLast().strip();
  }

  private static int whole(String name, String text, int least, int most, List<String> problems) {
    if (text.matches("\\d{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    problems.add(
        "%s must be a whole number from %d to %,d, but was %s.".formatted(name, least, most, text));
    return least;
  }

  /** States as the API writes them or as people do: {@code needs-attention} will do. */
  private static List<ExperimentState> states(List<String> given, List<String> problems) {
    List<String> known = Arrays.stream(ExperimentState.values()).map(Enum::name).toList();
    List<ExperimentState> states = new ArrayList<>();
    for (String text : given.stream().flatMap(each -> COMMA.splitAsStream(each)).toList()) {
      String state = text.strip().toUpperCase(Locale.ROOT).replaceAll("[- ]", "_");
      if (known.contains(state)) {
        states.add(ExperimentState.valueOf(state));
      } else if (!state.isEmpty()) {
        problems.add(
            "state %s is none: allowed are %s.%s"
                .formatted(
                    text.strip(), String.join(", ", known), DidYouMean.sentence(state, known)));
      }
    }
    return states;
  }

  /** {@code seed 3} is one of them: a 3 is in many an id. */
  private static List<String> words(List<String> given) {
    return WORD.matcher(String.join(" ", given).toLowerCase(Locale.ROOT))
        .results()
        .map(word -> word.group().replaceAll("\\s+", " "))
        .toList();
  }
}
