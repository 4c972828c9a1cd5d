package dev.espalier.activities.data;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.TabularSpace;
import java.util.Arrays;
import java.util.List;

/** A file layout that can be imported. */
public enum ImportFormat {
  CIFAR10("cifar10"),
  CIFAR100("cifar100"),
  IDX("idx"),
  SVHN("svhn"),
  IMAGENET16("imagenet16"),
  FOLDER("folder"),
  FGVC_AIRCRAFT("fgvc-aircraft"),
  OXFORD_PETS("oxford-pets"),
  NAS_BENCH_201("nas-bench-201"),
  NATS_BENCH("nats-bench"),
  NAS_BENCH_101("nas-bench-101"),
  ACCURACIES("accuracies"),
  META_DATABASE("meta-database"),
  FEATURES("features"),
  LATENCIES("latencies");

  private final String label;

  ImportFormat(String label) {
    this.label = label;
  }

  /** As a person writes it. */
  public String label() {
    return label;
  }

  /** Whether it holds accuracies, features or latencies, not images. */
  public boolean isTable() {
    return switch (this) {
      case NAS_BENCH_201,
          NATS_BENCH,
          NAS_BENCH_101,
          ACCURACIES,
          META_DATABASE,
          FEATURES,
          LATENCIES ->
          true;
      case CIFAR10, CIFAR100, IDX, SVHN, IMAGENET16, FOLDER, FGVC_AIRCRAFT, OXFORD_PETS -> false;
    };
  }

  /**
   * Whether it holds accuracies by architecture, which a search can look up instead of training;
   * the other tables are of cells by number.
   */
  public boolean isOfArchitectures() {
    return this == ACCURACIES || this == NAS_BENCH_101;
  }

  /** The space whose architectures it has accuracies of. */
  public TabularSpace space() {
    return switch (this) {
      case NAS_BENCH_201, NATS_BENCH -> SearchSpaces.tabular(NAS_BENCH_201.label);
      case NAS_BENCH_101 -> SearchSpaces.tabular(label);
      case CIFAR10,
          CIFAR100,
          IDX,
          SVHN,
          IMAGENET16,
          FOLDER,
          FGVC_AIRCRAFT,
          OXFORD_PETS,
          ACCURACIES,
          META_DATABASE,
          FEATURES,
          LATENCIES ->
          throw new IllegalStateException(label + " is no table of a space");
    };
  }

  /** Whether it can only be a folder. */
  boolean isFolder() {
    return switch (this) {
      case IMAGENET16, FOLDER, FGVC_AIRCRAFT, OXFORD_PETS, NATS_BENCH -> true;
      case CIFAR10,
          CIFAR100,
          IDX,
          SVHN,
          NAS_BENCH_201,
          NAS_BENCH_101,
          ACCURACIES,
          META_DATABASE,
          FEATURES,
          LATENCIES ->
          false;
    };
  }

  /** What is to be given, for a person. */
  String expected() {
    return switch (this) {
      case CIFAR10, CIFAR100 -> "the folder of its batches, or one .bin file";
      case IDX -> "a folder, or a file of images with its labels beside it";
      case SVHN -> "a folder with train_32x32.mat and test_32x32.mat";
      case IMAGENET16 -> "the folder with train_data_batch_1 to _10 and val_data";
      case FOLDER -> "a folder with a folder of pictures per class";
      case FGVC_AIRCRAFT, OXFORD_PETS, NATS_BENCH -> "the folder of the unpacked archive";
      case NAS_BENCH_101 -> "a file: TFRecord, HDF5, CSV, JSON or Arrow";
      case NAS_BENCH_201, ACCURACIES -> "a .csv file, plain or compressed";
      case META_DATABASE ->
          "a file of tasks with accuracies: PyTorch's, CSV, or one that was exported";
      case FEATURES -> "a file of features by class: PyTorch's, raw, or one that was exported";
      case LATENCIES -> "a .csv file with networks and a column for each device, milliseconds";
    };
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(ImportFormat::label).toList();
  }

  /** Those of images alone. */
  static List<String> labelsOfImages() {
    return Arrays.stream(values())
        .filter(format -> !format.isTable())
        .map(ImportFormat::label)
        .toList();
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
