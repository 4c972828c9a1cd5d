package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What NATS-Bench measured of one architecture, taken from its unpickled file. */
final class NatsResult {
  private static final int SCALE = 6; // of a ratio: 0.0001 percent

  private final String fileName;

  /** Results by schedule ("12", "200") and data set, one for each seed. */
  private final Map<String, Map<String, List<Map<?, ?>>>> bySchedule = new HashMap<>();

  /**
   * A column of the table and where its numbers are.
   *
   * @param schedule epochs of training
   * @param dataset the data set's name in the benchmark; trained on half of CIFAR-10's training
   *     images it is {@code cifar10-valid}
   * @param part the images it was measured on: {@code x-valid}, {@code x-test}, or {@code
   *     ori-test}, all test images
   */
  record Column(String name, String schedule, String dataset, String part) {
    /** As the benchmark's interface chooses them. */
    static List<Column> all() {
      List<Column> columns = new ArrayList<>();
      for (String schedule : List.of("12", "200")) {
        String epochs = schedule + "ep";
        columns.add(new Column("cifar10_valid_" + epochs, schedule, "cifar10-valid", "x-valid"));
        columns.add(new Column("cifar10_test_" + epochs, schedule, "cifar10", "ori-test"));
        columns.add(new Column("cifar100_valid_" + epochs, schedule, "cifar100", "x-valid"));
        columns.add(new Column("cifar100_test_" + epochs, schedule, "cifar100", "x-test"));
        columns.add(
            new Column("imagenet16_120_valid_" + epochs, schedule, "ImageNet16-120", "x-valid"));
        columns.add(
            new Column("imagenet16_120_test_" + epochs, schedule, "ImageNet16-120", "x-test"));
      }
      return columns;
    }
  }

  private NatsResult(String fileName) {
    this.fileName = fileName;
  }

  /**
   * @param expected the architecture's number, as the file's name says
   * @param wanted the architecture itself
   * @throws InvalidInput if it is another one's, or has another form
   */
  static NatsResult of(String fileName, Object unpickled, int expected, String wanted) {
    NatsResult result = new NatsResult(fileName);
    for (Map.Entry<?, ?> schedule : result.map(unpickled, "the file").entrySet()) {
      Map<?, ?> trained = result.map(schedule.getValue(), "schedule " + schedule.getKey());
      result.checkArchitecture(trained, expected, wanted);
      Map<String, List<Map<?, ?>>> byDataset = new HashMap<>();
      result
          .map(trained.get("all_results"), "all_results")
          .forEach((key, value) -> {
            if (!(key instanceof Object[] pair) || pair.length != 2) {
              throw result.problem("the results are not named by (data set, seed)");
            }
            byDataset
                .computeIfAbsent(String.valueOf(pair[0]), _ -> new ArrayList<>())
                .add(result.map(value, "a result"));
          });
      result.bySchedule.put(String.valueOf(schedule.getKey()), byDataset);
    }
    if (result.bySchedule.isEmpty()) {
      throw result.problem("there are no results in it");
    }
    return result;
  }

  private void checkArchitecture(Map<?, ?> trained, int expected, String wanted) {
    if (!(trained.get("arch_index") instanceof Number index)
        || index.intValue() != expected
        || !wanted.equals(trained.get("arch_str"))) {
      throw problem(
          "it holds architecture %s (%s), expected %d (%s): it has the wrong name, or is damaged"
              .formatted(trained.get("arch_index"), trained.get("arch_str"), expected, wanted));
    }
  }

  /** The mean over seeds, a ratio; NaN where nothing was measured. */
  double ratio(Column column) {
    List<Map<?, ?>> results =
        bySchedule
            .getOrDefault(column.schedule(), Map.of())
            .getOrDefault(column.dataset(), List.of());
    double sum = 0;
    for (Map<?, ?> result : results) {
      sum += percent(result, column);
    }
    return results.isEmpty()
        ? Double.NaN
        : BigDecimal.valueOf(sum / results.size() / 100)
            .setScale(SCALE, RoundingMode.HALF_UP)
            .doubleValue();
  }

  private double percent(Map<?, ?> result, Column column) {
    if (!(result.get("epochs") instanceof Number epochs)) {
      throw problem("a result does not say its number of epochs");
    }
    String key = "%s@%d".formatted(column.part(), epochs.intValue() - 1);
    Object value = map(result.get("eval_acc1es"), "eval_acc1es").get(key);
    if (!(value instanceof Number percent)
        || !(percent.doubleValue() >= 0 && percent.doubleValue() <= 100)) {
      throw problem(
          "%s: the accuracy %s must be a percentage between 0 and 100, but was %s"
              .formatted(column.dataset(), key, value));
    }
    return percent.doubleValue();
  }

  private Map<?, ?> map(@Nullable Object object, String what) {
    if (object instanceof Map<?, ?> map) {
      return map;
    }
    throw problem("%s is no dictionary".formatted(what));
  }

  private InvalidInput problem(String what) {
    return new InvalidInput("nats-bench: %s: %s".formatted(fileName, what));
  }
}
