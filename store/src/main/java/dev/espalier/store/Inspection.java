package dev.espalier.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a look at all that is stored has found.
 *
 * @param bytes of the artifacts
 */
public record Inspection(long documents, long artifacts, long bytes, List<Fault> faults) {
  public Inspection {
    faults = List.copyOf(faults);
  }

  /**
   * A document, or an artifact, that is not what was written.
   *
   * @param id its {@code _id}
   * @param what is wrong with it
   */
  public record Fault(String collection, String id, String what) {}

  record OfDocuments(long documents, List<Fault> faults) {}

  record OfArtifacts(long artifacts, long bytes, List<Fault> faults) {}

  static Inspection of(List<OfDocuments> collections, OfArtifacts artifacts) {
    return new Inspection(
        collections.stream().mapToLong(OfDocuments::documents).sum(),
        artifacts.artifacts(),
        artifacts.bytes(),
        Stream.concat(
                collections.stream().flatMap(collection -> collection.faults().stream()),
                artifacts.faults().stream())
            .toList());
  }
}
