package dev.espalier.activities.data;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an import may be told beyond its path.
 *
 * @param recordLabels label bytes of a CIFAR record; empty: as officially distributed
 * @param imageSize side of the images of a folder; empty: the most common one, at most 64
 * @param level of FGVC-Aircraft's classes: variant, family or manufacturer; empty: variant
 * @param classNames of an IDX data set, which has none of its own; empty: numbers
 * @param seed decides the test part of data that comes without one
 */
public record ImportOptions(
    OptionalInt recordLabels,
    OptionalInt imageSize,
    Optional<String> level,
    List<String> classNames,
    long seed) {
  public static final ImportOptions DEFAULTS =
      new ImportOptions(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), List.of(), 0);

  private static final Set<ImportFormat> RECORDS =
      EnumSet.of(ImportFormat.CIFAR10, ImportFormat.CIFAR100);
  private static final Set<ImportFormat> PICTURES =
      EnumSet.of(ImportFormat.FOLDER, ImportFormat.FGVC_AIRCRAFT, ImportFormat.OXFORD_PETS);
  private static final Set<ImportFormat> LEVELS = EnumSet.of(ImportFormat.FGVC_AIRCRAFT);

  public ImportOptions {
    classNames = List.copyOf(classNames);
    if (imageSize.isPresent() && imageSize.getAsInt() < 1) {
      throw new InvalidInput(
          "--image-size must be at least 1, but was %d".formatted(imageSize.getAsInt()));
    }
  }

  public ImportOptions withRecordLabels(int labels) {
    return new ImportOptions(OptionalInt.of(labels), imageSize, level, classNames, seed);
  }

  public ImportOptions withImageSize(int side) {
    return new ImportOptions(recordLabels, OptionalInt.of(side), level, classNames, seed);
  }

  public ImportOptions withLevel(String label) {
    return new ImportOptions(recordLabels, imageSize, Optional.of(label), classNames, seed);
  }

  ImportOptions withClassNames(List<String> names) {
    return new ImportOptions(recordLabels, imageSize, level, names, seed);
  }

  public ImportOptions withSeed(long newSeed) {
    return new ImportOptions(recordLabels, imageSize, level, classNames, newSeed);
  }

  /**
   * Refuses options that would do nothing.
   *
   * @throws InvalidInput with all of them
   */
  void checkFor(ImportFormat format) {
    List<String> problems = new ArrayList<>();
    check("--record-labels", recordLabels.isPresent(), RECORDS, format, problems);
    check("--image-size", imageSize.isPresent(), PICTURES, format, problems);
    check("--level", level.isPresent(), LEVELS, format, problems);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  private static void check(
      String option,
      boolean given,
      Set<ImportFormat> allowed,
      ImportFormat format,
      List<String> problems) {
    if (given && !allowed.contains(format)) {
      problems.add(
          "%s belongs to %s, not to %s"
              .formatted(
                  option,
                  allowed.stream().map(ImportFormat::label).collect(Collectors.joining(", ")),
                  format.label()));
    }
  }
}
