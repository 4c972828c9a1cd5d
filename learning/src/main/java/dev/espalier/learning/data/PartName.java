package dev.espalier.learning.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which part of a data set a folder or file is, by the names that people give to parts. */
enum PartName {
  TRAIN,
  TEST,
  VALIDATION;

  /** What says nothing of the part. */
  private static final Set<String> BESIDE =
      Set.of(
          "set",
          "data",
          "dataset",
          "image",
          "images",
          "img",
          "imgs",
          "picture",
          "pictures",
          "photos",
          "part",
          "split",
          "seg",
          "batch",
          "jpg",
          "png",
          "resized",
          "full",
          "x",
          "px",
          "the",
          "folder");

  private Set<String> words() {
    return switch (this) {
      case TRAIN ->
          Set.of("train", "training", "trn", "trainset", "trainingset", "learn", "learning");
      case TEST ->
          Set.of("test", "testing", "tst", "tests", "testset", "testingset", "eval", "evaluation");
      case VALIDATION ->
          Set.of(
              "val", "valid", "validation", "validate", "valset", "validationset", "dev", "devset");
    };
  }

  /**
   * Of a name in whatever case, such as {@code Testing}, {@code val_images} or {@code seg_train}.
   */
  static Optional<PartName> of(String name) {
    List<String> telling =
        Stream.of(name.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1))
            .filter(word -> !word.isEmpty() && !BESIDE.contains(word))
            .toList();
    return telling.size() != 1
        ? Optional.empty()
        : Stream.of(values()).filter(part -> part.words().contains(telling.getFirst())).findFirst();
  }
}
