package dev.espalier.learning.published;

import dev.espalier.learning.pickle.DataPickle;
import dev.espalier.learning.pickle.TorchFile;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.meta.MetaDatabaseWriter;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.meta.MetaRow;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.meta.MetaTask;
import dev.espalier.search.meta.PublishedGraphs;
import dev.espalier.search.meta.PublishedGraphs.Written;
import dev.espalier.search.providers.Providers;
import dev.espalier.search.random.RandomStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads meta-databases in whichever layout they were published, told by their content, and writes
 * the canonical file: PyTorch's files of tasks, of the benchmark, of sub-networks and of the tasks'
 * classes; CSV; and the canonical file itself.
 */
public final class PublishedDatabases {
  /** Whose classes the published tasks are made of; its classes are numbered from 1 there. */
  private static final String COLLECTION = "imagenet-1k-32x32";

  private static final int COLLECTION_CLASSES = 1000;
  private static final int VALIDATION = 400;
  private static final List<PublishedGraphs> GRAPHS = Providers.of(PublishedGraphs.class);

  private PublishedDatabases() {}

  /**
   * Writes the canonical file.
   *
   * @param path a file, or the folder that has one of its name
   * @param remarks are told what was understood
   * @throws InvalidInput if it is something else, with what
   */
  public static void convert(Path path, Path target, Remarks remarks) throws IOException {
    Path file = Files.isDirectory(path) ? within(path) : path;
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(2);
    }
    if (start.length == 2 && start[0] == '{' && start[1] == '"') {
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
      if (start.length == 2 && start[0] != 'P' && start[0] != (byte) 0x80) {
        CsvDatabase.read(file, remarks).writeTo(out);
      } else {
        ofTorch(file, out, remarks);
      }
    }
  }

  /** The one file in a folder that can be meant. */
  private static Path within(Path folder) throws IOException {
    List<Path> candidates;
    try (Stream<Path> entries = Files.list(folder)) {
      candidates =
          entries
              .filter(each ->
                  each.getFileName()
                      .toString()
                      .matches(
                          "meta_train_predictor\\.csv|meta_train_tasks_(generator|predictor)\\.pt"
                              + "|collected_database\\.pt"))
              .sorted()
              .toList();
    }
    if (candidates.size() != 1) {
      throw new InvalidInput(
          "meta-database: %s holds %s: give the file itself"
              .formatted(
                  folder,
                  candidates.isEmpty()
                      ? "no file of a known name"
                      : "several: " + candidates.stream().map(Path::getFileName).toList()));
    }
    return candidates.getFirst();
  }

  private static void ofTorch(Path file, OutputStream out, Remarks remarks) throws IOException {
    String name = file.toString();
    try (TorchFile torch = TorchFile.open(name, file)) {
      PublishedContent kind = PublishedContent.of(torch.content());
      switch (kind) {
        case TASKS -> tasks(file, (Map<?, ?>) torch.content(), out, remarks);
        case BENCHMARK -> benchmark(file, (Map<?, ?>) torch.content(), out, remarks);
        case COLLECTED -> collected(file, (List<?>) torch.content(), out, remarks);
        case TASK_LIST -> write(out, taskList(file, (List<?>) torch.content()), remarks);
        case CHECKPOINT ->
            throw new InvalidInput(
                "%s is %s, not a meta-database: import it with espalier model import"
                    .formatted(name, kind.words()));
        case FEATURES ->
            throw new InvalidInput(
                "%s is %s, not a meta-database: import it with --format features"
                    .formatted(name, kind.words()));
        case OTHER ->
            throw new InvalidInput(
                "%s is %s: give meta_train_tasks_predictor.pt or one like it"
                    .formatted(name, kind.words()));
      }
    } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
      throw new InvalidInput(
          "%s is no meta-database in a layout that is known (%s)".formatted(name, e.getMessage()),
          e);
    }
  }

  /** A database before it is written. */
  record Draft(MetaHeader header, List<MetaTask> tasks, List<MetaRow> rows) {
    void writeTo(OutputStream out) throws IOException {
      try (MetaDatabaseWriter writer = new MetaDatabaseWriter(out, header)) {
        for (MetaTask task : tasks) {
          writer.task(task);
        }
        for (MetaRow row : rows) {
          writer.row(row);
        }
      }
    }
  }

  private static void write(OutputStream out, Draft draft, Remarks remarks) throws IOException {
    draft.writeTo(out);
    remarks.add(
        "understood as the %s's database of %s: %,d rows, %,d tasks (%s)"
            .formatted(
                draft.header().kind(),
                draft.header().space(),
                draft.rows().size(),
                draft.tasks().size(),
                draft.header().origin()));
  }

  // ---- meta_train_tasks_*.pt

  private static void tasks(Path file, Map<?, ?> map, OutputStream out, Remarks remarks)
      throws IOException {
    List<Double> accuracies = Numbers.of(part(map, "acc"));
    List<Integer> numbers = Numbers.whole(part(map, "task"));
    List<?> graphs = (List<?>) part(map, "graph");
    if (numbers.size() != accuracies.size() || graphs.size() != accuracies.size()) {
      throw new InvalidInput(
          "%s has %,d accuracies, %,d tasks and %,d graphs: copy it again"
              .formatted(file, accuracies.size(), numbers.size(), graphs.size()));
    }
    Tasks tasks = Tasks.beside(file, numbers, remarks);
    Set<Integer> validation = validation(file, accuracies.size(), remarks);
    Architectures architectures = new Architectures(file);
    List<MetaRow> rows = new ArrayList<>();
    for (int i = 0; i < accuracies.size(); i++) {
      rows.add(
          new MetaRow(
              tasks.numberOf(numbers.get(i)),
              architectures.ofRows(graphs.get(i)),
              accuracies.get(i),
              validation.contains(i) ? MetaSplit.VALIDATION : MetaSplit.TRAIN));
    }
    architectures.tell(remarks);
    write(
        out,
        new Draft(
            new MetaHeader(
                kind(file, remarks),
                architectures.space(),
                COLLECTION,
                COLLECTION_CLASSES,
                "published tasks, " + file.getFileName()),
            tasks.all(),
            rows),
        remarks);
  }

  private static Object part(Map<?, ?> map, String key) {
    return Objects.requireNonNull(DataPickle.value(map, key), key);
  }

  private static String kind(Path file, Remarks remarks) {
    String path = file.toAbsolutePath().toString().toLowerCase(Locale.ROOT);
    boolean generator = path.lastIndexOf("generator") > path.lastIndexOf("predictor");
    if (!generator && !path.contains("predictor")) {
      remarks.add(
          "neither generator nor predictor stands in the file's name: taken for the predictor's");
    }
    return generator ? MetaHeader.GENERATOR : MetaHeader.PREDICTOR;
  }

  /** The first 400 of the published permutation. */
  private static Set<Integer> validation(Path file, int rows, Remarks remarks) throws IOException {
    Path beside = beside(file, "_idx.pt");
    if (!Files.exists(beside)) {
      remarks.add("%s is not beside it: all rows are for training".formatted(beside.getFileName()));
      return Set.of();
    }
    try (TorchFile torch = TorchFile.open(beside.toString(), beside)) {
      List<Integer> permutation = Numbers.whole(torch.content());
      if (permutation.size() != rows
          || permutation.stream().anyMatch(each -> each < 0 || each >= rows)) {
        throw new InvalidInput(
            "%s orders %,d rows, but %s has %,d"
                .formatted(beside, permutation.size(), file.getFileName(), rows));
      }
      return new TreeSet<>(permutation.subList(0, Math.min(VALIDATION, rows)));
    }
  }

  private static Path beside(Path file, String ending) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.replaceFirst("\\.pth?$", "") + ending);
  }

  private static Draft taskList(Path file, List<?> list) throws IOException {
    return new Draft(
        new MetaHeader(
            MetaHeader.PREDICTOR,
            GRAPHS.getFirst().space(),
            COLLECTION,
            COLLECTION_CLASSES,
            "published classes of tasks, " + file.getFileName()),
        Tasks.of(list).all(),
        List.of());
  }

  // ---- nasbench201.pt

  private static void benchmark(Path file, Map<?, ?> map, OutputStream out, Remarks remarks)
      throws IOException {
    Map<?, ?> written = (Map<?, ?>) part(map, "arch");
    List<?> graphs =
        (List<?>)
            Optional.ofNullable(DataPickle.value(written, "matrix"))
                .orElseGet(() -> part(written, "igraph"));
    Architectures architectures = new Architectures(file);
    List<MetaTask> tasks = new ArrayList<>();
    List<MetaRow> rows = new ArrayList<>();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) part(map, "test-acc")).entrySet()) {
      List<Double> accuracies = Numbers.of(Objects.requireNonNull(entry.getValue()));
      if (accuracies.size() != graphs.size()) {
        throw new InvalidInput(
            "%s has %,d architectures, but %,d accuracies on %s: copy it again"
                .formatted(file, graphs.size(), accuracies.size(), entry.getKey()));
      }
      for (int i = 0; i < accuracies.size(); i++) {
        rows.add(
            new MetaRow(
                tasks.size(),
                architectures.ofRows(Objects.requireNonNull(graphs.get(i))),
                accuracies.get(i),
                MetaSplit.TEST));
      }
      tasks.add(new MetaTask(String.valueOf(entry.getKey()), List.of()));
    }
    architectures.tell(remarks);
    write(
        out,
        new Draft(
            new MetaHeader(
                MetaHeader.PREDICTOR,
                architectures.space(),
                "the data sets that its tasks are called after",
                0,
                "published benchmark, " + file.getFileName()),
            tasks,
            rows),
        remarks);
  }

  // ---- collected_database.pt

  private static void collected(Path file, List<?> list, OutputStream out, Remarks remarks)
      throws IOException {
    Map<List<Integer>, Integer> tasks = new LinkedHashMap<>();
    Architectures architectures = new Architectures(file);
    MetaSplit[] splits = splits(list.size());
    List<MetaRow> rows = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Map<?, ?> row = (Map<?, ?>) Objects.requireNonNull(list.get(i));
      List<Integer> classes = Numbers.whole(part(row, "class"));
      tasks.putIfAbsent(classes, tasks.size());
      rows.add(
          new MetaRow(
              Objects.requireNonNull(tasks.get(classes)),
              architectures.ofLists((Map<?, ?>) part(row, "net")),
              Numbers.one(part(row, "top1")),
              splits[i]));
    }
    remarks.add(
        "15 % of the rows are for tests, 15 % for validation, by a permutation of ours: "
            + "the published one is not in it");
    List<MetaTask> named = new ArrayList<>();
    tasks.keySet().forEach(classes -> named.add(new MetaTask("task-" + named.size(), classes)));
    write(
        out,
        new Draft(
            new MetaHeader(
                kind(file, remarks),
                architectures.space(),
                "imagenet-1k",
                COLLECTION_CLASSES,
                "published sub-networks, " + file.getFileName()),
            named,
            rows),
        remarks);
  }

  private static MetaSplit[] splits(int rows) {
    MetaSplit[] splits = new MetaSplit[rows];
    int[] order = RandomStream.of(0, "meta-database", "collected").permutation(rows);
    int kept = (int) (0.15 * rows);
    for (int i = 0; i < rows; i++) {
      splits[order[i]] =
          i < kept ? MetaSplit.TEST : i < 2 * kept ? MetaSplit.VALIDATION : MetaSplit.TRAIN;
    }
    return splits;
  }

  /** The tasks of a file, by their published numbers. */
  private record Tasks(List<MetaTask> all, Map<Integer, Integer> places) {
    /**
     * Those that are named, with the classes that stand in a file beside it, where there is one.
     */
    static Tasks beside(Path file, List<Integer> named, Remarks remarks) throws IOException {
      Path list = file.resolveSibling("meta_train_task_lst.pt");
      if (Files.exists(list)) {
        try (TorchFile torch = TorchFile.open(list.toString(), list)) {
          Tasks tasks = of((List<?>) torch.content());
          for (int each : named) {
            if (each < 0 || each >= tasks.all().size()) {
              throw new InvalidInput(
                  "%s names task %d, but %s has %,d"
                      .formatted(file.getFileName(), each, list.getFileName(), tasks.all().size()));
            }
          }
          return tasks;
        }
      }
      remarks.add(
          "%s is not beside it: the classes of its tasks are not known"
              .formatted(list.getFileName()));
      List<MetaTask> all = new ArrayList<>();
      Map<Integer, Integer> places = new LinkedHashMap<>();
      for (int each : new TreeSet<>(named)) {
        places.put(each, all.size());
        all.add(new MetaTask("task-" + each, List.of()));
      }
      return new Tasks(all, places);
    }

    /** Classes are numbered from 1 there. */
    static Tasks of(List<?> list) throws IOException {
      List<MetaTask> all = new ArrayList<>();
      Map<Integer, Integer> places = new LinkedHashMap<>();
      for (Object each : list) {
        List<Integer> classes =
            Numbers.whole(each).stream().map(published -> published - 1).toList();
        places.put(all.size(), all.size());
        all.add(new MetaTask("task-" + all.size(), classes));
      }
      return new Tasks(all, places);
    }

    int numberOf(int published) {
      return Objects.requireNonNull(places.get(published));
    }
  }

  /** Reads the architectures of a file, all of one space, and remembers how they are wired. */
  private static final class Architectures {
    private final Path file;
    private final Set<String> wirings = new TreeSet<>();
    private @Nullable PublishedGraphs graphs;
    private int read;

    Architectures(Path file) {
      this.file = file;
    }

    String ofRows(Object graph) throws IOException {
      List<List<Integer>> rows = Numbers.rows(graph);
      return architecture(each -> each.ofRows(rows));
    }

    String ofLists(Map<?, ?> net) throws IOException {
      Map<String, List<Integer>> lists = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : net.entrySet()) {
        if (entry.getValue() instanceof List<?> list) {
          lists.put(String.valueOf(entry.getKey()), Numbers.whole(list));
        }
      }
      return architecture(each -> each.ofLists(lists));
    }

    private String architecture(Function<PublishedGraphs, Optional<Written>> reading) {
      read++;
      for (PublishedGraphs each : graphs == null ? GRAPHS : List.of(graphs)) {
        Optional<Written> written = reading.apply(each);
        if (written.isPresent()) {
          graphs = each;
          wirings.add(written.get().wiring());
          return written.get().architecture();
        }
      }
      throw new InvalidInput(
          "%s: architecture %,d is none of %s"
              .formatted(file, read, GRAPHS.stream().map(PublishedGraphs::space).toList()));
    }

    String space() {
      return graphs == null ? GRAPHS.getFirst().space() : graphs.space();
    }

    void tell(Remarks remarks) {
      wirings.stream()
          .filter(each -> !each.isEmpty())
          .forEach(each -> remarks.add("its graphs are wired by " + each));
    }
  }
}
