package dev.espalier.activities.method.metadatabase;

import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.features.EncoderWeights;
import dev.espalier.learning.features.FeatureEncoder;
import dev.espalier.learning.features.FeatureHeader;
import dev.espalier.learning.features.FeatureWriter;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.metadatabase.FeatureSettings;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.metadatabase.EncoderActivities;
import dev.espalier.workflows.method.metadatabase.JoinedFeatures;
import dev.espalier.workflows.method.metadatabase.TrainedEncoder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Computes features of images, class by class, and joins them to a file. */
final class EncoderWork implements EncoderActivities {
  private final Equipment equipment;
  private final Store store;
  private final LoadedDatasets datasets;
  private final Results results;
  private final MetaDatabaseFiles files;
  private final EncoderTraining training;

  EncoderWork(Equipment equipment) {
    this.equipment = equipment;
    this.store = equipment.store();
    this.datasets = equipment.datasets();
    this.results = new Results(store, equipment.units());
    this.files = new MetaDatabaseFiles(store, datasets);
    this.training = new EncoderTraining(equipment);
  }

  @Override
  public TrainedEncoder train(TrainEncoder request) {
    MetaDatabaseSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(request.ref(), request.ref().stageKey() + "/encoder", "Training the encoder");
    return results.once(
        unit,
        new Task<>(
            request, TrainedEncoder.class, specification.failure().attemptsWithoutProgress()),
        "encoder",
        attempt -> training.run(specification, request, unit, attempt));
  }

  @Override
  public EncodedClasses encode(EncodeClasses request) {
    MetaDatabaseSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(),
            "%s/encode/%d".formatted(request.ref().stageKey(), request.from()),
            "Features of classes %d to %d".formatted(request.from() + 1, request.to()));
    return results.once(
        unit,
        new Task<>(
            request, EncodedClasses.class, specification.failure().attemptsWithoutProgress()),
        "encoded-" + request.from(),
        attempt -> encoded(specification, request, attempt),
        () -> store.stages().advance(request.ref().stageKey(), 0, 1));
  }

  private EncodedClasses encoded(
      MetaDatabaseSpecification specification, EncodeClasses request, Attempt attempt) {
    ImageDataset data = datasets.load(request.dataDigest());
    Path part = datasets.scratch();
    List<Integer> counts = new ArrayList<>();
    try {
      try (FeatureEncoder encoder =
              new FeatureEncoder(
                  equipment.torch(),
                  EncoderWeights.decode("the encoder", store.artifacts().get(request.weights())));
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
        ByteBuffer row =
            ByteBuffer.allocate(encoder.width() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int each = request.from(); each < request.to(); each++) {
          ImageDataset alone = data.ofClasses(new int[] {each});
          int[] images = chosen(specification, data, each);
          counts.add(images.length);
          encoder.encode(
              alone,
              images,
              (features, from) -> {
                row.clear().asFloatBuffer().put(features, from, encoder.width());
                out.write(row.array());
              },
              attempt::orStop);
        }
      }
      return new EncodedClasses(
          counts,
          store
              .artifacts()
              .put(part, "features", Map.of("from", Integer.toString(request.from()))));
    } catch (IOException e) {
      throw new UncheckedIOException("features cannot be written to " + part, e);
    } finally {
      deleteQuietly(part);
    }
  }

  /** Numbers among the images of that class alone. */
  private static int[] chosen(
      MetaDatabaseSpecification specification, ImageDataset data, int classNumber) {
    int there = data.train().classCounts(data.classes())[classNumber];
    int wanted = specification.features().imagesPerClass();
    if (there < wanted || there == 0) {
      throw new InvalidInput(
          ("data: class %s of %s has %,d training images, but features.imagesPerClass asks for %,d: "
                  + "import more, or ask for fewer")
              .formatted(data.classNames().get(classNumber), specification.data(), there, wanted));
    }
    int[] images =
        Arrays.copyOf(
            RandomStream.of(specification.seed(), "features", classNumber).permutation(there),
            wanted == 0 ? there : wanted);
    Arrays.sort(images);
    return images;
  }

  private static void deleteQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JoinedFeatures join(JoinFeatures request) {
    MetaDatabaseSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(), request.ref().stageKey() + "/join", "Putting the features together");
    return results.once(
        unit,
        new Task<>(
            request, JoinedFeatures.class, specification.failure().attemptsWithoutProgress()),
        "joined",
        attempt -> joined(specification, request));
  }

  private JoinedFeatures joined(MetaDatabaseSpecification specification, JoinFeatures request) {
    if (request.featureFile() != null) {
      return of(
          store.datasets().byDigest(request.featureFile()).orElseThrow(),
          specification.features().name());
    }
    DatasetDocument data = store.datasets().byDigest(request.dataDigest()).orElseThrow();
    FeatureSettings settings = specification.features();
    FeatureHeader header =
        new FeatureHeader(
            settings.width(),
            data.classNames(),
            request.parts().stream().flatMap(part -> part.counts().stream()).toList(),
            data.digest(),
            "%s, weights %s".formatted(request.encoder().network(), request.encoder().weights()));
    try {
      DatasetDocument stored =
          files.write(
              specification.data() + "-features",
              header,
              writer -> copy(request, settings, writer));
      return of(stored, stored.name());
    } catch (IOException e) {
      throw new UncheckedIOException("the features cannot be written", e);
    }
  }

  private void copy(JoinFeatures request, FeatureSettings settings, FeatureWriter writer)
      throws IOException {
    byte[] bytes = new byte[settings.width() * Float.BYTES];
    float[] row = new float[settings.width()];
    for (EncodedClasses part : request.parts()) {
      int count = part.counts().stream().mapToInt(Integer::intValue).sum();
      try (InputStream in = store.artifacts().open(part.rows());
          DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16))) {
        for (int i = 0; i < count; i++) {
          data.readFully(bytes);
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(row);
          writer.row(row, 0);
        }
      }
    }
  }

  private static JoinedFeatures of(DatasetDocument stored, String name) {
    return new JoinedFeatures(
        name, stored.digest(), stored.width(), stored.classes(), stored.train());
  }

  private static MetaDatabaseSpecification specification(String json) {
    return Json.read(json, MetaDatabaseSpecification.class);
  }
}
