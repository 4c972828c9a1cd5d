package dev.espalier.activities.data;

import dev.espalier.store.DatasetDocument;
import java.util.Optional;

/**
 * A data set that is in the store now.
 *
 * @param source where it came from, for people
 * @param replaced the digest of the other data that had this name before
 */
public record Imported(DatasetDocument dataset, String source, Optional<String> replaced) {
  /** One sentence for a person. */
  public String sentence() {
    String what =
        dataset.kind().equals(DatasetDocument.TABLE)
            ? "%,d cells".formatted(dataset.train())
            : "%,d train and %,d test images of %d x %d x %d, %d classes"
                .formatted(
                    dataset.train(),
                    dataset.test(),
                    dataset.channels(),
                    dataset.height(),
                    dataset.width(),
                    dataset.classes());
    String before =
        replaced
            .map(digest ->
                " The name meant other data before (%s): from now on it means this."
                    .formatted(digest))
            .orElse("");
    return "%s: %s, from %s (digest %s).%s"
        .formatted(dataset.name(), what, source, dataset.digest(), before);
  }
}
