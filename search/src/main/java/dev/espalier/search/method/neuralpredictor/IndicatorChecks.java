package dev.espalier.search.method.neuralpredictor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.TabularSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is impossible about indicators as inputs, told before anything runs. */
final class IndicatorChecks {
  private IndicatorChecks() {}

  static void check(Checks checks) {
    JsonNode indicators = checks.at("indicators");
    if (!checks.usable("indicators") || indicators.path("names").isEmpty()) {
      return;
    }
    if (checks.usable("predictor.kind")
        && !FitSettings.readsColumns(checks.text("predictor.kind"))) {
      checks.problem(
          "indicators.names: the predictor %s reads graphs alone: use %s, or no indicators.",
          checks.text("predictor.kind"), FitSettings.kindsWithColumns());
    }
    if (checks.usable("space", "split.train", "search.candidates")) {
      cost(checks, indicators, SearchSpaces.named(checks.text("space")));
    }
  }

  private static void cost(Checks checks, JsonNode indicators, SearchSpace space) {
    if (!(space instanceof TabularSpace)) {
      checks.problem(
          "indicators.names: there are no indicators of %s: leave them out, or search nas-bench-201 or nas-bench-101.",
          space.name());
      return;
    }
    long candidates = checks.number("search.candidates");
    long measured = candidates == 0 ? space.size() : candidates + checks.number("split.train");
    double each = secondsEach(indicators);
    double hours = measured * each / 3600;
    double most = indicators.path("cpuHours").asDouble();
    if (hours > most) {
      checks.problem(
          "indicators.cpuHours (%s) is less than it would take to measure %s: about %s CPU hours, %s s for each of "
              + "%,d architectures. Rank fewer (search.candidates=%d), measure a thinner network or fewer of them, "
              + "or raise indicators.cpuHours.",
          words(most),
          String.join(", ", names(indicators)),
          words(hours),
          words(each),
          measured,
          few(Math.max((double) checks.number("search.top"), most * 3600 / each)));
    }
  }

  private static List<String> names(JsonNode indicators) {
    List<String> names = new ArrayList<>();
    indicators.path("names").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** No more than this, by its first figure. */
  private static long few(double value) {
    double unit = StrictMath.pow(10, Math.max(0, Math.floor(StrictMath.log10(Math.max(1, value)))));
    return (long) (Math.floor(value / unit) * unit);
  }

  /** Two figures. */
  private static String words(double value) {
    return value >= 10
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2g", value);
  }

  /** About the CPU seconds of one architecture; see {@link InputIndicators#secondsEach}. */
  private static double secondsEach(JsonNode indicators) {
    return new InputIndicators(
            names(indicators),
            indicators.path("channels").asInt(),
            indicators.path("cells").asInt(),
            indicators.path("batch").asInt(),
            indicators.path("imageSize").asInt(),
            indicators.path("shard").asInt(),
            indicators.path("cpuHours").asDouble())
        .secondsEach();
  }
}
