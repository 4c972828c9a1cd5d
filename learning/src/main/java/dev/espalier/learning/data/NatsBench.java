package dev.espalier.learning.data;

import dev.espalier.learning.pickle.DataPickle;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.TabularSpace;
import dev.espalier.search.table.AccuracyTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * The topology space of NATS-Bench (Dong et al. 2021) as it is distributed, the {@code -simple}
 * archive unpacked: {@code meta.pickle.pbz2}, the list of architectures, and for each that was
 * trained {@code NNNNNN.pickle.pbz2}, its learning curves by schedule, data set and seed. Files of
 * architectures may be missing: their accuracies are unknown then.
 *
 * <p>The table has what the benchmark's own interface reports: of each schedule (12 and 200 epochs)
 * the last epoch, in the mean over seeds, rounded to 0.0001 percent; validation and test as {@link
 * NatsResult.Column} has them. The pickles are read as {@link DataPickle data}: nothing in them is
 * executed.
 */
public final class NatsBench {
  static final String META = "meta.pickle.pbz2";

  private static final Pattern ARCHITECTURE = Pattern.compile("(\\d{6})\\.pickle\\.pbz2");
  private static final long MAXIMUM_UNPACKED = 256L << 20;
  private static final int SHOWN = 20;
  private static final int REPORT_EVERY = 250;

  private final TabularSpace space;
  private final int size;

  private NatsBench(TabularSpace space) {
    this.space = space;
    this.size = Math.toIntExact(space.size());
  }

  /**
   * Reads the folder, or the one folder in it.
   *
   * @param progress is told how far it is: the whole benchmark takes minutes
   * @throws InvalidInput with every file that is damaged, is not what its name says, or holds
   *     something else than architectures of this space
   */
  public static AccuracyTable read(
      TabularSpace space, String name, Path folder, Consumer<String> progress) throws IOException {
    return new NatsBench(space).read(name, folder, progress);
  }

  private AccuracyTable read(String name, Path folder, Consumer<String> progress)
      throws IOException {
    Path root = root(folder);
    checkMeta(root);
    List<Path> files = architectureFiles(root);
    List<NatsResult.Column> columns = NatsResult.Column.all();
    double[][] ratios = new double[columns.size()][size];
    for (double[] column : ratios) {
      Arrays.fill(column, Double.NaN);
    }
    AtomicInteger done = new AtomicInteger();
    List<String> problems =
        IntStream.range(0, files.size())
            .parallel()
            .mapToObj(number -> {
              String problem = problem(files.get(number), columns, ratios);
              int count = done.incrementAndGet();
              if (count % REPORT_EVERY == 0) {
                progress.accept("%,d of %,d architectures read".formatted(count, files.size()));
              }
              return problem;
            })
            .filter(problem -> !problem.isEmpty())
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems.subList(0, Math.min(SHOWN, problems.size())));
    }
    return AccuracyTable.of(
        space, name, columns.stream().map(NatsResult.Column::name).toList(), ratios);
  }

  private static Path root(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInput(
          "nats-bench: %s is not a folder: unpack NATS-tss-v1_0-3ffb9-simple.tar and give its folder"
              .formatted(folder));
    }
    if (Files.isRegularFile(folder.resolve(META))) {
      return folder;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> inside =
          entries.filter(entry -> Files.isRegularFile(entry.resolve(META))).sorted().toList();
      if (inside.size() == 1) {
        return inside.getFirst();
      }
    }
    throw new InvalidInput(
        "nats-bench: no %s in %s (found %s)".formatted(META, folder, FolderListing.of(folder)));
  }

  /** The list must name the cells of this space by their official numbers. */
  private void checkMeta(Path root) {
    Object content = unpickled(root.resolve(META));
    if (!(content instanceof Map<?, ?> meta)
        || !(meta.get("meta_archs") instanceof List<?> names)) {
      throw new InvalidInput("nats-bench: %s holds no list of architectures".formatted(META));
    }
    String first = names.isEmpty() ? "none" : String.valueOf(names.getFirst());
    if (first.matches("\\d+(:\\d+)*")) {
      throw new InvalidInput(
          ("nats-bench: this is the size space (its architectures are numbers of channels, such as %s): "
                  + "give the topology space, NATS-tss-v1_0-3ffb9-simple")
              .formatted(first));
    }
    if (names.size() != size) {
      throw new InvalidInput(
          "nats-bench: %s lists %,d architectures, expected %,d"
              .formatted(META, names.size(), size));
    }
    for (int index = 0; index < size; index++) {
      if (!space.ofIndex(index).canonical().equals(names.get(index))) {
        throw new InvalidInput(
            "nats-bench: %s has %s at number %d, expected %s"
                .formatted(META, names.get(index), index, space.ofIndex(index).canonical()));
      }
    }
  }

  private static List<Path> architectureFiles(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      List<Path> files =
          entries
              .filter(file -> ARCHITECTURE.matcher(file.getFileName().toString()).matches())
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new InvalidInput(
            "nats-bench: no file NNNNNN.pickle.pbz2 in %s (found %s)"
                .formatted(root, FolderListing.of(root)));
      }
      return files;
    }
  }

  /** Fills in one architecture's accuracies. Returns what is wrong with its file. */
  private String problem(Path file, List<NatsResult.Column> columns, double[][] ratios) {
    String fileName = file.getFileName().toString();
    try {
      int index = Integer.parseInt(fileName.substring(0, 6));
      if (index >= size) {
        throw new InvalidInput(
            "nats-bench: %s: there are architectures 0 to %,d only".formatted(fileName, size - 1));
      }
      NatsResult result =
          NatsResult.of(fileName, unpickled(file), index, space.ofIndex(index).canonical());
      for (int column = 0; column < columns.size(); column++) {
        ratios[column][index] = result.ratio(columns.get(column));
      }
      return "";
    } catch (InvalidInput e) {
      return e.problems().getFirst();
    }
  }

  private static Object unpickled(Path file) {
    byte[] pickle;
    try (InputStream packed = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = new BZip2CompressorInputStream(packed, true)) {
      pickle = in.readNBytes((int) MAXIMUM_UNPACKED);
    } catch (IOException e) {
      throw new InvalidInput(
          "nats-bench: %s (%,d bytes) cannot be unpacked: copy it again"
              .formatted(file.getFileName(), size(file)),
          e);
    }
    return DataPickle.read("nats-bench: " + file.getFileName(), pickle);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
