package dev.espalier.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.TabularSpace;
import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.TrainingTable;
import dev.espalier.search.trainings.files.TrainingFiles;
import dev.espalier.search.trainings.files.TrainingFormat;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Times the ways of a table of NAS-Bench-101 with made-up trainings of all cells: written as the
 * benchmark's own records, read from them with every check, written as Arrow and HDF5, loaded as a
 * stored table is, and read from HDF5 with every check. What comes back must have the digest of
 * what was made.
 *
 * <p>Arguments: a folder with room for 2.5 GB; {@code cells=423624}, {@code loads=3}. Prints one
 * line of JSON: seconds of the clock, and of the processor under names with {@code Cpu}.
 */
public final class TableSpeed {
  private static final String SPACE = "nas-bench-101";
  private static final List<Integer> EPOCHS = List.of(4, 12, 36, 108);
  private static final int TRAININGS = 3;

  private final MatrixSpace space = (MatrixSpace) SearchSpaces.named(SPACE);
  private final Map<String, Object> results = new LinkedHashMap<>();

  private TableSpeed() {}

  private interface Work<T> {
    T run() throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    Arguments options = Arguments.of(List.of(Arrays.copyOfRange(arguments, 1, arguments.length)));
    TabularSpace all = SearchSpaces.tabular(SPACE);
    new TableSpeed()
        .run(
            Path.of(arguments[0]),
            options.number("cells", Math.toIntExact(all.size())),
            options.number("loads", 3));
  }

  private void run(Path folder, int cells, int loads) throws IOException {
    Files.createDirectories(folder);
    Path arrow = folder.resolve("made.arrow");
    Path hdf5 = folder.resolve("made.hdf5");
    String digest = records(folder.resolve("made.tfrecord"), arrow, hdf5, cells);
    for (int load = 0; load < loads; load++) {
      requireSame(digest, timed("loadArrow" + (load + 1), () -> stored(arrow)));
    }
    requireSame(digest, timed("importHdf5", () -> read(hdf5)));
    results.put("heapMiB", Runtime.getRuntime().maxMemory() >> 20);
    System.out.println(Json.write(results));
  }

  /** A table made, written as records, read again and written in the other layouts. */
  private String records(Path records, Path arrow, Path hdf5, int cells) throws IOException {
    TrainingTable made = timed("make", () -> made(cells));
    String digest = timed("digest", made::digest);
    written("tfrecord", made, TrainingFormat.TFRECORD, records);
    TrainingTable again = timed("importTfrecord", () -> read(records));
    requireSame(digest, again);
    long count = (long) cells * EPOCHS.size() * TRAININGS;
    results.put("records", count);
    results.put("recordsPerSecond", Math.round(count / number("importTfrecordSeconds")));
    results.put("recordsPerCpuSecond", Math.round(count / number("importTfrecordCpuSeconds")));
    Files.delete(records);
    written("arrow", again, TrainingFormat.ARROW, arrow);
    written("hdf5", again, TrainingFormat.HDF5, hdf5);
    return digest;
  }

  private TrainingTable made(int cells) {
    TabularSpace all = SearchSpaces.tabular(SPACE);
    List<String> architectures = new ArrayList<>(cells);
    int[] parameters = new int[cells];
    for (int row = 0; row < cells; row++) {
      Architecture architecture = all.ofIndex(row);
      architectures.add(architecture.canonical());
      parameters[row] = Math.toIntExact(all.standardCost(architecture).parameters());
    }
    RandomStream stream = RandomStream.of(0, "table-speed");
    float[][] columns = new float[EPOCHS.size() * TRAININGS * 2 * Metric.values().length][cells];
    for (int column = 0; column < columns.length; column++) {
      boolean isAccuracy = column % Metric.values().length != Metric.SECONDS.place();
      stream.fillUniform(columns[column], isAccuracy ? 0.1 : 10, isAccuracy ? 1 : 3000);
    }
    return TrainingTable.ofColumns(SPACE, EPOCHS, TRAININGS, architectures, parameters, columns);
  }

  private void written(String name, TrainingTable table, TrainingFormat format, Path file)
      throws IOException {
    timed(
        name + "Write",
        () -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            TrainingFiles.write(space, table, format, out);
          }
          return file;
        });
    results.put(name + "MB", Math.round(Files.size(file) / 1e6));
  }

  private TrainingTable read(Path file) {
    return TrainingFiles.read(space, file, new Remarks(), line -> {});
  }

  private static TrainingTable stored(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return TrainingFiles.stored("made", in);
    }
  }

  private static void requireSame(String digest, TrainingTable table) {
    if (!table.digest().equals(digest)) {
      throw new IllegalStateException("what came back is not what was made");
    }
  }

  private double number(String what) {
    return ((Number) Objects.requireNonNull(results.get(what))).doubleValue();
  }

  private <T> T timed(String what, Work<T> work) throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    T result = work.run();
    results.put(what + "Seconds", Math.round((System.nanoTime() - start) / 1e7) / 1e2);
    results.put(what + "CpuSeconds", Math.round((system.getProcessCpuTime() - cpu) / 1e7) / 1e2);
    System.err.printf("%s: %s s%n", what, results.get(what + "Seconds"));
    return result;
  }
}
