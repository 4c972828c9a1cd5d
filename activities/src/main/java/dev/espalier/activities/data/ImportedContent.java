package dev.espalier.activities.data;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.trainings.TrainingTable;

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

  /** All trainings of the architectures of a space. */
  record Trainings(TrainingTable table) implements ImportedContent {
    @Override
    public String digest() {
      return table.digest();
    }
  }
}
