package dev.espalier.activities.method.metad2a;

import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.features.EncoderWeights;
import dev.espalier.learning.features.FeatureEncoder;
import dev.espalier.learning.features.FeatureHeader;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.store.DatasetDocument;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes the features of a data set by the encoder that the models' own images went through: its
 * weights are named by the features that they learned from.
 */
final class FeatureComputing {
  private static final Pattern WEIGHTS = Pattern.compile("weights ([0-9a-f]{64})$");

  /** Of each class; enough for every draw to be another one. */
  private static final int MOST_IMAGES = 100;

  private final Equipment equipment;
  private final MetaDatabaseFiles files;

  FeatureComputing(Equipment equipment) {
    this.equipment = equipment;
    this.files = new MetaDatabaseFiles(equipment.store(), equipment.datasets());
  }

  /**
   * @return the digest of the features, which are in the catalogue of data
   */
  String features(
      MetaD2aSpecification specification, PreparedSearch prepared, Runnable betweenBatches) {
    String encoder = encoder(prepared);
    Matcher weights = WEIGHTS.matcher(encoder);
    if (!weights.find() || !equipment.store().artifacts().exists(weights.group(1))) {
      throw new InvalidInput(
          ("the models' images went through an encoder (%s) whose weights are not here, so that those of %s cannot: "
                  + "name their features with models.features")
              .formatted(encoder, specification.data()));
    }
    ImageDataset data = equipment.datasets().load(prepared.dataDigest());
    try (FeatureEncoder network =
        new FeatureEncoder(
            equipment.torch(),
            EncoderWeights.decode(
                "the encoder", equipment.store().artifacts().get(weights.group(1))))) {
      List<int[]> chosen = chosen(specification, data);
      FeatureHeader header =
          new FeatureHeader(
              network.width(),
              data.classNames(),
              chosen.stream().map(each -> each.length).toList(),
              data.digest(),
              encoder);
      DatasetDocument stored =
          files.write(
              specification.data() + "-features",
              header,
              writer -> {
                for (int each = 0; each < chosen.size(); each++) {
                  network.encode(
                      data.ofClasses(new int[] {each}),
                      chosen.get(each),
                      writer::row,
                      betweenBatches);
                }
              });
      return stored.digest();
    } catch (IOException e) {
      throw new UncheckedIOException("the features cannot be written", e);
    }
  }

  /** Some of each class, drawn at random. */
  private static List<int[]> chosen(MetaD2aSpecification specification, ImageDataset data) {
    int perClass = specification.search().perClass();
    List<int[]> chosen = new ArrayList<>();
    List<String> few = new ArrayList<>();
    for (int each = 0; each < data.classes(); each++) {
      int count = data.ofClasses(new int[] {each}).train().count();
      if (count < perClass) {
        few.add("%s has %d".formatted(data.classNames().get(each), count));
      }
      int[] order =
          RandomStream.of(specification.seed(), "metad2a", "features", each).permutation(count);
      chosen.add(Arrays.copyOf(order, Math.min(count, Math.max(perClass, MOST_IMAGES))));
    }
    if (!few.isEmpty()) {
      throw new InvalidInput(
          "search.perClass asks for %d training images of each class, but %s: lower it, or give more images"
              .formatted(perClass, String.join(", ", few)));
    }
    return chosen;
  }

  /** In words, with its weights. */
  private String encoder(PreparedSearch prepared) {
    PreparedSearch.KnownTasks known = prepared.known();
    return known == null
        ? "of a model that was imported"
        : files.features(known.features()).header().encoder();
  }
}
