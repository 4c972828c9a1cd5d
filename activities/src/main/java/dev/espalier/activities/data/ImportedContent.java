package dev.espalier.activities.data;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.features.FeatureFile;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.latency.LatencyFile;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.trainings.TrainingTable;
import java.nio.file.Path;

/** What files turned out to hold. */
sealed interface ImportedContent {
  /** SHA-256 of the canonical form. */
  String digest();

  record Pictures(ImageDataset dataset) implements ImportedContent {
    @Override
    public String digest() {
      return dataset.digest();
    }
  }

  /** Accuracies of NAS-Bench-201 cells. */
  record Cells(AccuracyTable table) implements ImportedContent {
    @Override
    public String digest() {
      return table.digest();
    }
  }

  /** Accuracies of architectures of any space. */
  record Architectures(ArchitectureTable table) implements ImportedContent {
    @Override
    public String digest() {
      return table.digest();
    }
  }

  /**
   * Architectures with their accuracies on tasks.
   *
   * @param file the canonical one, which whoever stores it deletes
   */
  record MetaRows(Path file, MetaDatabase database) implements ImportedContent {
    @Override
    public String digest() {
      return database.digest();
    }
  }

  /**
   * Features of images by class.
   *
   * @param file the canonical one, which whoever stores it deletes
   */
  record FeatureRows(Path file, FeatureFile features) implements ImportedContent {
    @Override
    public String digest() {
      return features.digest();
    }
  }

  /** Measured latencies of networks of a space. */
  record Latencies(LatencyFile file) implements ImportedContent {
    @Override
    public String digest() {
      return Digest.sha256(file.csv());
    }
  }

  /** All trainings of the architectures of a space. */
  record Trainings(TrainingTable table) implements ImportedContent {
    @Override
    public String digest() {
      return table.digest();
    }
  }
}
