package dev.espalier.bench;

import dev.espalier.learning.features.FeatureDraws;
import dev.espalier.learning.features.FeatureFile;
import dev.espalier.learning.features.FeatureHeader;
import dev.espalier.learning.features.FeatureWriter;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaDatabaseWriter;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.meta.MetaRow;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.meta.MetaTask;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What memory a meta-database of the published size takes: 5,000 tasks of 20 classes, 10
 * architectures each, and features of 1,000 classes. Writes the files row by row, then reads every
 * row, every task and a draw of 20 images a class for every task, and prints one line of JSON: the
 * sizes of the files, the largest Java heap, and the largest memory of the process that is not
 * pages of those files. Exit code 1 if that is above 512 MiB.
 *
 * <p>Arguments: a folder for the files, and images a class (default 250).
 */
public final class MetaDatabaseMemory {
  private static final int TASKS = 5_000;
  private static final int CLASSES = 20;
  private static final int ARCHITECTURES = 10;
  private static final int POOL = 1_000;
  private static final int WIDTH = 512;
  private static final long ALLOWED = 512L << 20;

  private long largestHeap;
  private long largestOwn;

  private MetaDatabaseMemory() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int images = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 250;
    System.exit(new MetaDatabaseMemory().run(folder, images) ? 0 : 1);
  }

  private boolean run(Path folder, int images) throws IOException {
    Path features = folder.resolve("features");
    Path database = folder.resolve("meta-database");
    try {
      writeFeatures(features, images);
      writeDatabase(database);
      double sum = read(MetaDatabase.open("database", database), FeatureFile.open("it", features));
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("tasks", TASKS);
      report.put("rows", TASKS * ARCHITECTURES);
      report.put("databaseBytes", Files.size(database));
      report.put("featureBytes", Files.size(features));
      report.put("largestHeapBytes", largestHeap);
      report.put("largestOwnBytes", largestOwn);
      report.put("sum", sum);
      System.out.println(Json.write(report));
      return largestOwn <= ALLOWED;
    } finally {
      Files.deleteIfExists(features);
      Files.deleteIfExists(database);
    }
  }

  private void writeFeatures(Path file, int images) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      names.add("class-" + i);
    }
    FeatureHeader header =
        new FeatureHeader(
            WIDTH, names, Collections.nCopies(POOL, images), "a bench", "random numbers");
    float[] row = new float[WIDTH];
    try (FeatureWriter writer = new FeatureWriter(buffered(file), header)) {
      for (int i = 0; i < POOL; i++) {
        RandomStream stream = RandomStream.of(0, "features", i);
        for (int image = 0; image < images; image++) {
          stream.fillUniform(row, 0, 1);
          writer.row(row, 0);
        }
        look();
      }
      writer.finish();
    }
  }

  private void writeDatabase(Path file) throws IOException {
    SearchSpace space = SearchSpaces.all().getFirst();
    MetaHeader header =
        new MetaHeader(MetaHeader.PREDICTOR, space.name(), "a bench", POOL, "random numbers");
    RandomStream stream = RandomStream.of(0, "database");
    try (MetaDatabaseWriter writer = new MetaDatabaseWriter(buffered(file), header)) {
      for (int task = 0; task < TASKS; task++) {
        List<Integer> classes = new ArrayList<>();
        for (int each : stream.permutation(POOL)) {
          if (classes.size() < CLASSES) {
            classes.add(each);
          }
        }
        writer.task(new MetaTask("task-" + task, classes));
      }
      for (int row = 0; row < TASKS * ARCHITECTURES; row++) {
        writer.row(
            new MetaRow(
                row / ARCHITECTURES,
                space.random(stream).canonical(),
                100 * stream.nextDouble(),
                MetaSplit.TRAIN));
      }
      look();
    }
  }

  /** So that nothing is left out: a sum of all that is read. */
  private double read(MetaDatabase database, FeatureFile features) throws IOException {
    double sum = 0;
    for (int i = 0; i < database.rows(); i++) {
      sum += database.row(i).accuracyPercent();
    }
    for (int i = 0; i < database.tasks(); i++) {
      int[] classes = database.task(i).classes().stream().mapToInt(Integer::intValue).toArray();
      float[] drawn =
          FeatureDraws.draw(features, classes, CLASSES, RandomStream.of(0, "draw", i)).features();
      for (float each : drawn) {
        sum += each;
      }
      if (i % 50 == 0) {
        look();
      }
    }
    return sum;
  }

  private void look() throws IOException {
    Runtime runtime = Runtime.getRuntime();
    largestHeap = Math.max(largestHeap, runtime.totalMemory());
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("RssAnon:")) {
        long bytes = Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        largestOwn = Math.max(largestOwn, bytes);
      }
    }
  }

  private static OutputStream buffered(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }
}
