package dev.espalier.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.espalier.store.DatasetDocument;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which data set a run takes when nobody names one: the preset's, which is fetched if need be; but
 * where only others were imported, the one imported last.
 */
final class DefaultData {

  private DefaultData() {}

  /** Whether the specification itself says which data set it wants. */
  static boolean isNamedIn(String specification) {
    try {
      return new YAMLMapper().readTree(specification).has("data");
    } catch (JsonProcessingException e) {
      return true; // the reader of specifications explains what is wrong with it
    }
  }

  /** The data set to take in the place of the preset's; empty for the preset's. */
  static Optional<String> insteadOf(String presets, List<DatasetDocument> known) {
    List<DatasetDocument> images =
        known.stream().filter(each -> each.kind().equals(DatasetDocument.IMAGES)).toList();
    if (images.stream().anyMatch(each -> each.name().equals(presets))) {
      return Optional.empty();
    }
    return images.stream()
        .max(Comparator.comparing(DatasetDocument::imported).thenComparing(DatasetDocument::name))
        .map(DatasetDocument::name);
  }
}
