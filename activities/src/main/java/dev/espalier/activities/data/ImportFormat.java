package dev.espalier.activities.data;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;

/** A file layout that can be imported. */
public enum ImportFormat {
  CIFAR10("cifar10"),
  CIFAR100("cifar100"),
  IDX("idx"),
  FOLDER("folder"),
  NAS_BENCH_201("nas-bench-201"),
  ACCURACIES("accuracies");

  private final String label;

  ImportFormat(String label) {
    this.label = label;
  }

  /** As a person writes it. */
  public String label() {
    return label;
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(ImportFormat::label).toList();
  }

  public static ImportFormat parse(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "--format %s is not known: allowed are %s.%s"
                    .formatted(
                        label, String.join(", ", labels()), DidYouMean.sentence(label, labels()))));
  }
}
