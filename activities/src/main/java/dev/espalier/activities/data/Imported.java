package dev.espalier.activities.data;

import dev.espalier.search.failure.Counted;
import dev.espalier.store.DatasetDocument;
import java.util.List;
import java.util.Optional;

/**
 * A data set that is in the store now.
 *
 * @param source where it came from, for people
 * @param replaced the digest of the other data that had this name before
 * @param remarks what was understood of the source, and what of it was left out
 */
public record Imported(
    DatasetDocument dataset, String source, Optional<String> replaced, List<String> remarks) {
  public Imported {
    remarks = List.copyOf(remarks);
  }

  Imported with(List<String> all) {
    return new Imported(dataset, source, replaced, all);
  }

  /** One sentence for a person. */
  public String sentence() {
    String what =
        switch (dataset.kind()) {
          case DatasetDocument.TABLE -> rows();
          case DatasetDocument.META_DATABASE ->
              "%s on %s"
                  .formatted(
                      Counted.of(dataset.train(), "architecture"),
                      Counted.of(dataset.test(), "task"));
          case DatasetDocument.LATENCIES ->
              "%s on %s"
                  .formatted(
                      Counted.of(dataset.train(), "network"),
                      Counted.of(dataset.classNames().size(), "device"));
          case DatasetDocument.FEATURES ->
              "%,d numbers of each of %s in %s"
                  .formatted(
                      dataset.width(),
                      Counted.of(dataset.train(), "image"),
                      Counted.of(dataset.classes(), "class", "classes"));
          default ->
              "%,d train and %s of %d x %d x %d, %s"
                  .formatted(
                      dataset.train(),
                      Counted.of(dataset.test(), "test image"),
                      dataset.channels(),
                      dataset.height(),
                      dataset.width(),
                      Counted.of(dataset.classes(), "class", "classes"));
        };
    String before =
        replaced
            .map(digest ->
                " The name meant other data before (%s): from now on it means this."
                    .formatted(digest))
            .orElse("");
    return "%s: %s, from %s (digest %s).%s"
        .formatted(dataset.name(), what, source, dataset.digest(), before);
  }

  private String rows() {
    if (dataset.format().equals(ImportFormat.ACCURACIES.label())) {
      return Counted.of(dataset.train(), "architecture");
    }
    long cells = ImportFormat.parse(dataset.format()).space().size();
    return dataset.train() == cells
        ? Counted.of(cells, "cell")
        : "%,d of %,d cells, the others unknown".formatted(dataset.train(), cells);
  }
}
