package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A layout that tables of trainings can be written in. */
public enum TrainingFormat {
  HDF5("hdf5", "h5"),
  ARROW("arrow", "feather"),
  TFRECORD("tfrecord", "tfrecords"),
  CSV("csv", "csv");

  private final String label;
  private final String otherEnding;

  TrainingFormat(String label, String otherEnding) {
    this.label = label;
    this.otherEnding = otherEnding;
  }

  /** As a person writes it. */
  public String label() {
    return label;
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(TrainingFormat::label).toList();
  }

  /**
   * The format of this name.
   *
   * @throws InvalidInput if there is none
   */
  public static TrainingFormat parse(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "--format %s is not known: allowed are %s.%s"
                    .formatted(
                        label, String.join(", ", labels()), DidYouMean.sentence(label, labels()))));
  }

  /** The format that the ending of a file's name stands for. */
  public static Optional<TrainingFormat> ofFile(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each.label.equals(ending) || each.otherEnding.equals(ending))
        .findFirst();
  }
}
