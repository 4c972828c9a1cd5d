package dev.espalier.search.trainings.files;

import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What programs call the values of a training, in lower case. */
final class FlatNames {
  static final List<String> ARCHITECTURE = List.of("architecture", "arch", "cell");
  static final List<String> HASH = List.of("hash", "module_hash");
  static final List<String> MATRIX =
      List.of("adjacency", "module_adjacency", "adjacency_matrix", "matrix");
  static final List<String> OPERATIONS = List.of("operations", "module_operations", "ops");
  static final List<String> EPOCHS = List.of("epochs", "epoch_budget", "budget", "epoch");
  static final List<String> TRAINING = List.of("training", "seed", "repeat", "trial", "run");
  static final List<String> PARAMETERS =
      List.of("parameters", "trainable_parameters", "trainable_params", "params");

  private FlatNames() {}

  /** Of a number of a training. */
  static List<String> of(Moment moment, Metric metric) {
    List<String> words =
        switch (metric) {
          case SECONDS ->
              List.of("seconds", "training_seconds", "training_time", "train_time", "time");
          case TRAIN -> List.of("train", "train_accuracy", "train_acc", "training_accuracy");
          case VALIDATION ->
              List.of(
                  "validation",
                  "validation_accuracy",
                  "valid",
                  "valid_accuracy",
                  "valid_acc",
                  "val",
                  "val_accuracy",
                  "val_acc");
          case TEST -> List.of("test", "test_accuracy", "test_acc");
        };
    List<String> names = new ArrayList<>();
    words.forEach(word -> names.add(moment.label() + "_" + word));
    if (moment == Moment.FINAL) {
      names.addAll(words);
    }
    return names;
  }

  /** Those that are none of all these. */
  static List<String> others(Set<String> names) {
    List<String> known =
        Stream.of(ARCHITECTURE, HASH, MATRIX, OPERATIONS, EPOCHS, TRAINING, PARAMETERS)
            .flatMap(List::stream)
            .toList();
    return names.stream()
        .filter(name -> !known.contains(name.toLowerCase(Locale.ROOT)))
        .filter(name ->
            Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(Metric.values()).map(metric -> of(moment, metric)))
                .noneMatch(each -> each.contains(name.toLowerCase(Locale.ROOT))))
        .toList();
  }
}
