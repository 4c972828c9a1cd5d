package dev.espalier.activities.data;

import java.util.OptionalInt;

/**
 * What an import may be told beyond its path.
 *
 * @param recordLabels label bytes of a CIFAR record; empty: as officially distributed
 * @param imageSize side of the images of a folder; empty: the most common one
 * @param seed decides the test part of data that comes without one
 */
public record ImportOptions(OptionalInt recordLabels, OptionalInt imageSize, long seed) {
  public static final ImportOptions DEFAULTS =
      new ImportOptions(OptionalInt.empty(), OptionalInt.empty(), 0);
}
