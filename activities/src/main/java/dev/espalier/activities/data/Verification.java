package dev.espalier.activities.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.trainings.TrainingTable;
import dev.espalier.search.trainings.files.TrainingFiles;
import dev.espalier.store.CorruptArtifact;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What became of recomputing a stored data set's digest.
 *
 * @param found the digest of what is stored; what is wrong in words where it could not be read
 * @param bytes that were read
 */
public record Verification(String name, String expected, String found, long bytes) {
  /** Reads all of it. */
  static Verification of(Store store, DatasetDocument dataset) throws IOException {
    String name = dataset.name();
    String expected = dataset.artifact();
    CountingDigest counting = new CountingDigest();
    try (InputStream in = store.artifacts().open(expected)) {
      String found = counting.of(in);
      readBack(store, dataset);
      return new Verification(name, expected, found, counting.bytes());
    } catch (CorruptArtifact | InvalidInput e) {
      return new Verification(name, expected, String.valueOf(e.getMessage()), counting.bytes());
    }
  }

  /** Whether what is stored can be read again; former versions stored tables that cannot. */
  private static void readBack(Store store, DatasetDocument dataset) throws IOException {
    if (!dataset.kind().equals(DatasetDocument.TABLE)) {
      return;
    }
    try (InputStream in = store.artifacts().open(dataset.artifact())) {
      if (dataset.format().equals(ImportFormat.NAS_BENCH_101.label())) {
        TrainingTable table = TrainingFiles.stored(dataset.name(), in);
        if (!table.digest().equals(dataset.digest())) {
          throw new InvalidInput("a table with the digest " + table.digest());
        }
      } else if (dataset.format().equals(ImportFormat.ACCURACIES.label())) {
        ArchitectureTable.readCsv(dataset.name(), in);
      } else {
        AccuracyTable.readCsv(ImportFormat.NAS_BENCH_201.space(), dataset.name(), in);
      }
    }
  }

  public boolean sound() {
    return found.equals(expected);
  }

  /** One sentence for a person. */
  public String sentence() {
    return sound()
        ? "%s is sound: %,d bytes, digest %s".formatted(name, bytes, expected)
        : "%s is damaged: found %s, expected %s. Fetch or import it again: it is stored anew then"
            .formatted(name, found, expected);
  }

  /** SHA-256 and length of a stream. */
  private static final class CountingDigest {
    private final MessageDigest digest;
    private long bytes;

    CountingDigest() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    String of(InputStream in) throws IOException {
      bytes = new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    }

    long bytes() {
      return bytes;
    }
  }
}
