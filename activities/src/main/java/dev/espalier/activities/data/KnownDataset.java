package dev.espalier.activities.data;

import java.util.List;
import java.util.Optional;

/**
 * A published data set or table: where it comes from, and what it must be.
 *
 * @param title for people
 * @param sources in the order in which they are tried; none where it cannot be fetched
 * @param options how its files are read
 * @param digest what it must be, from whichever source, where that is known
 * @param byHand how a person gets it, where there is no source
 */
public record KnownDataset(
    String name,
    String title,
    List<Source> sources,
    ImportFormat format,
    ImportOptions options,
    Optional<String> digest,
    Optional<String> byHand) {
  public KnownDataset {
    sources = List.copyOf(sources);
    if (sources.isEmpty() != byHand.isPresent()) {
      throw new IllegalArgumentException(name + " needs either sources or a way by hand");
    }
  }

  /** All that is known; digests as published with the data. */
  public static List<KnownDataset> all() {
    return Published.read();
  }

  /** Whether a program can fetch it. */
  public boolean isFetchable() {
    return byHand.isEmpty();
  }
}
