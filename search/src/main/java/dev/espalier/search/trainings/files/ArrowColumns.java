package dev.espalier.search.trainings.files;

import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import dev.espalier.search.trainings.TrainingQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a table of trainings in an Arrow file: {@code architecture} (text), {@code
 * parameters} (whole), then single-precision numbers such as {@code final_validation_108_0}:
 * moment, metric, epochs, training.
 */
final class ArrowColumns {
  static final String ARCHITECTURE = "architecture";
  static final String PARAMETERS = "parameters";

  /** Of the file: the name of the space, and the number of rows. */
  static final String SPACE = "espalier.space";

  static final String ROWS = "espalier.rows";

  private static final Pattern MEASURED =
      Pattern.compile(
          "(%s)_(%s)_(\\d{1,6})_(\\d{1,2})"
              .formatted(
                  Arrays.stream(Moment.values())
                      .map(Moment::label)
                      .collect(Collectors.joining("|")),
                  Arrays.stream(Metric.values())
                      .map(Metric::label)
                      .collect(Collectors.joining("|"))));

  /** What a column holds. */
  record Measured(TrainingQuery query, int training) {
    String name() {
      return "%s_%s_%d_%d"
          .formatted(query.moment().label(), query.metric().label(), query.epochs(), training);
    }
  }

  private ArrowColumns() {}

  /** All columns of numbers, in the order of a table's values. */
  static List<Measured> of(List<Integer> epochs, int trainings) {
    return epochs.stream()
        .flatMap(budget ->
            IntStream.range(0, trainings)
                .boxed()
                .flatMap(training ->
                    Arrays.stream(Moment.values())
                        .flatMap(moment ->
                            Arrays.stream(Metric.values())
                                .map(metric ->
                                    new Measured(
                                        new TrainingQuery(budget, moment, metric), training)))))
        .toList();
  }

  /** What a column of this name holds, if it is one of these. */
  static Optional<Measured> parse(String name) {
    Matcher matcher = MEASURED.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Moment moment =
        Arrays.stream(Moment.values())
            .filter(each -> each.label().equals(matcher.group(1)))
            .findFirst()
            .orElseThrow();
    Metric metric =
        Arrays.stream(Metric.values())
            .filter(each -> each.label().equals(matcher.group(2)))
            .findFirst()
            .orElseThrow();
    int epochs = Integer.parseInt(matcher.group(3));
    return epochs < 1
        ? Optional.empty()
        : Optional.of(
            new Measured(
                new TrainingQuery(epochs, moment, metric), Integer.parseInt(matcher.group(4))));
  }
}
