package dev.espalier.activities.method.metad2a;

import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.learning.features.ClassFeatures;
import dev.espalier.learning.features.FeatureFile;
import dev.espalier.learning.meta.GeneratorModel;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.LatentPlane;
import dev.espalier.learning.meta.SetDraw;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaTask;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.EncodedData.Near;
import dev.espalier.workflows.method.metad2a.EncodedData.Place;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes the features of the data set, and finds the known tasks that are nearest to it. */
final class DataEncoding {
  /** So many known tasks are looked at, evenly over all. */
  private static final int MOST_TASKS = 300;

  /** So many of the nearest are told. */
  private static final int MOST_NEAR = 20;

  private final Equipment equipment;
  private final MetaDatabaseFiles files;
  private final FeatureComputing computing;

  DataEncoding(Equipment equipment) {
    this.equipment = equipment;
    this.files = new MetaDatabaseFiles(equipment.store(), equipment.datasets());
    this.computing = new FeatureComputing(equipment);
  }

  EncodedData encoded(
      MetaD2aSpecification specification, PreparedSearch prepared, Runnable orStop) {
    String digest = prepared.features();
    if (digest.isEmpty()) {
      digest = computing.features(specification, prepared, orStop);
    }
    FeatureFile features = files.features(digest);
    int perClass = specification.search().perClass();
    Draws images = Draws.of(features, perClass, specification.seed());
    GraphCoding coding = GraphCodings.of(specification.space());
    try (GeneratorModel model =
        GeneratorModel.read(
            equipment.torch(),
            coding.topology(),
            "model " + prepared.generatorName(),
            equipment.store().artifacts().get(prepared.generator()))) {
      List<float[]> own = model.means(images.draws("encode", 0, specification.search().draws()));
      List<Known> known = known(specification, prepared, model, orStop);
      return new EncodedData(
          digest,
          images(features),
          features.width(),
          features.header().encoder(),
          latent(own, known),
          nearest(own, known));
    }
  }

  private static int images(ClassFeatures features) {
    int images = 0;
    for (int each = 0; each < features.classes(); each++) {
      images += features.count(each);
    }
    return images;
  }

  /** A known task and the vector of a draw of its images. */
  private static final class Known {
    private final int number;
    private final String name;
    private final float[] vector;

    Known(int number, String name, float[] vector) {
      this.number = number;
      this.name = name;
      this.vector = vector;
    }

    int number() {
      return number;
    }

    String name() {
      return name;
    }

    float[] vector() {
      return vector;
    }

    double distance(float[] other) {
      double squares = 0;
      for (int i = 0; i < vector.length; i++) {
        squares += (vector[i] - (double) other[i]) * (vector[i] - (double) other[i]);
      }
      return StrictMath.sqrt(squares);
    }
  }

  private List<Known> known(
      MetaD2aSpecification specification,
      PreparedSearch prepared,
      GeneratorModel model,
      Runnable orStop) {
    PreparedSearch.KnownTasks tasks = prepared.known();
    if (tasks == null) {
      return List.of();
    }
    MetaDatabase database = files.database(tasks.database());
    ClassFeatures features = files.features(tasks.features());
    int step = Math.max(1, Math.ceilDiv(database.tasks(), MOST_TASKS));
    List<Known> known = new ArrayList<>();
    for (int number = 0; number < database.tasks(); number += step) {
      orStop.run();
      MetaTask task = database.task(number);
      if (task.classes().size() < 2) {
        continue; // imported without its classes
      }
      int fewest = specification.search().perClass();
      for (int each : task.classes()) {
        fewest = Math.min(fewest, features.count(each));
      }
      SetDraw draw =
          new Draws(features, task.classes(), Math.max(1, fewest), specification.seed())
              .draw("known", number);
      known.add(new Known(number, task.name(), model.means(List.of(draw)).getFirst()));
    }
    return known;
  }

  private static List<Place> latent(List<float[]> own, List<Known> known) {
    if (known.isEmpty()) {
      return List.of();
    }
    List<float[]> vectors = new ArrayList<>(known.stream().map(Known::vector).toList());
    vectors.addAll(own);
    List<double[]> places = LatentPlane.places(vectors);
    List<Place> latent = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      String name = i < known.size() ? known.get(i).name() : "";
      latent.add(new Place(name, places.get(i)[0], places.get(i)[1]));
    }
    return latent;
  }

  private static List<Near> nearest(List<float[]> own, List<Known> known) {
    float[] mean = new float[own.getFirst().length];
    for (float[] each : own) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += each[i] / own.size();
      }
    }
    return known.stream()
        .map(each -> new Near(each.name(), each.number(), each.distance(mean)))
        .sorted(Comparator.comparingDouble(Near::distance))
        .limit(MOST_NEAR)
        .toList();
  }
}
