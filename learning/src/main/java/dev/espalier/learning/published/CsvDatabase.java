package dev.espalier.learning.published;

import dev.espalier.learning.published.PublishedDatabases.Draft;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Delimited;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.meta.MetaRow;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.meta.MetaTask;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Meta-databases as CSV: {@code task,arch,accuracy[,split]}, percent, and beside it, or by itself,
 * {@code task,class0,class1,...}, whose classes are numbered from 1 as in the published files.
 */
final class CsvDatabase {
  private static final String TASKS = "meta_train_tasks.csv";
  private static final String COLLECTION = "imagenet-1k-32x32";
  private static final int COLLECTION_CLASSES = 1000;
  private static final int SHOWN = 20;

  private CsvDatabase() {}

  static Draft read(Path file, Remarks remarks) {
    Input input = Input.of(file);
    Delimited csv = Delimited.read(input, List.of("task"));
    boolean rows = csv.column("arch", "architecture").isPresent();
    if (csv.column("task").isEmpty() || !(rows || csv.column("class0").isPresent())) {
      throw new InvalidInput(
          ("%s: the first line must name the columns task, arch and accuracy (of a database), or task, class0,"
                  + " class1 ... (of its tasks), but is \"%s\"")
              .formatted(file, csv.headerLine()));
    }
    if (!rows) {
      return draft(file, "nas-bench-201", tasks(input, csv), List.of(), remarks);
    }
    Path beside = file.resolveSibling(TASKS);
    @Nullable Map<Integer, MetaTask> known = null;
    if (Files.exists(beside)) {
      Input tasks = Input.of(beside);
      known = tasks(tasks, Delimited.read(tasks, List.of("task")));
    } else {
      remarks.add("%s is not beside it: the classes of its tasks are not known".formatted(TASKS));
    }
    return new Rows(file, csv, known).draft(remarks);
  }

  private static Draft draft(
      Path file, String space, Map<Integer, MetaTask> tasks, List<MetaRow> rows, Remarks remarks) {
    remarks.add(
        "understood as the predictor's database of %s: %,d rows, %,d tasks"
            .formatted(space, rows.size(), tasks.size()));
    return new Draft(
        new MetaHeader(
            MetaHeader.PREDICTOR,
            space,
            COLLECTION,
            COLLECTION_CLASSES,
            "table of tasks, " + file.getFileName()),
        List.copyOf(tasks.values()),
        rows);
  }

  private static Map<Integer, MetaTask> tasks(Input input, Delimited csv) {
    Map<Integer, MetaTask> tasks = new TreeMap<>();
    List<String> columns = new ArrayList<>();
    for (int i = 0; csv.column("class" + i).isPresent(); i++) {
      columns.add(csv.column("class" + i).orElseThrow());
    }
    String number = csv.column("task").orElseThrow();
    csv.forEach(row -> {
      List<Integer> classes = new ArrayList<>();
      for (String column : columns) {
        if (!row.get(column).isBlank()) {
          classes.add(whole(input, column, row.get(column)) - 1);
        }
      }
      int task = whole(input, number, row.get(number));
      tasks.put(task, new MetaTask("task-" + task, classes));
    });
    return tasks;
  }

  private static int whole(Input input, String column, String text) {
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new InvalidInput(
          "%s: column %s has \"%s\", which is no whole number"
              .formatted(input.name(), column, text),
          e);
    }
  }

  /** The rows of a database. */
  private static final class Rows {
    private final Path file;
    private final Delimited csv;
    private final Map<Integer, MetaTask> tasks;
    private final boolean isClosed;
    private final List<String> problems = new ArrayList<>();
    private final Map<Integer, List<Entry>> entries = new LinkedHashMap<>();
    private @Nullable SearchSpace space;
    private int count;

    /** A row, before tasks have their places. */
    private record Entry(int line, String architecture, double accuracy, MetaSplit split) {}

    Rows(Path file, Delimited csv, @Nullable Map<Integer, MetaTask> known) {
      this.file = file;
      this.csv = csv;
      this.isClosed = known != null;
      this.tasks = known == null ? new TreeMap<>() : known;
    }

    Draft draft(Remarks remarks) {
      String task = csv.column("task").orElseThrow();
      String architecture = csv.column("arch", "architecture").orElseThrow();
      String accuracy =
          csv.column("accuracy", "acc")
              .orElseThrow(() ->
                  new InvalidInput(
                      "%s: there is no column accuracy, but \"%s\""
                          .formatted(file, csv.headerLine())));
      Optional<String> split = csv.column("split");
      csv.forEach(row -> {
        try {
          csv.checkWidth(row);
          take(
              whole(Input.of(file), task, row.get(task)),
              row.get(architecture),
              row.get(accuracy),
              split.map(row::get).orElse("train"));
        } catch (InvalidInput e) {
          problems.add("%s, row %,d: %s".formatted(file, count + 1, e.getMessage()));
        }
        count++;
      });
      if (!problems.isEmpty()) {
        throw new InvalidInput(problems.subList(0, Math.min(SHOWN, problems.size())));
      }
      if (space == null) {
        throw new InvalidInput(file + ": there is no row");
      }
      List<MetaRow> rows = rows();
      if (rows.stream().allMatch(row -> row.accuracyPercent() <= 1)) {
        throw new InvalidInput(
            "%s: no accuracy is above 1 percent: ratios? Multiply them by 100".formatted(file));
      }
      return CsvDatabase.draft(file, space.name(), tasks, rows, remarks);
    }

    private void take(int task, String written, String accuracy, String split) {
      if (space == null) {
        space = SearchSpaces.recognising(written);
      }
      if (!tasks.containsKey(task)) {
        if (isClosed) {
          throw new InvalidInput("task %d is not in %s".formatted(task, TASKS));
        }
        tasks.put(task, new MetaTask("task-" + task, List.of()));
      }
      String canonical = space.parse(written).canonical();
      double percent;
      try {
        percent = Double.parseDouble(accuracy.trim());
      } catch (NumberFormatException e) {
        throw new InvalidInput("the accuracy \"%s\" is no number".formatted(accuracy), e);
      }
      MetaSplit of = split.trim().equals("eval") ? MetaSplit.VALIDATION : MetaSplit.labelled(split);
      new MetaRow(0, canonical, percent, of); // refuses what is impossible, by its row
      entries
          .computeIfAbsent(task, _ -> new ArrayList<>())
          .add(new Entry(count, canonical, percent, of));
    }

    /** In the file's order, with tasks by their places. */
    private List<MetaRow> rows() {
      Map<Integer, MetaRow> rows = new TreeMap<>();
      int place = 0;
      for (int task : tasks.keySet()) {
        for (Entry each : entries.getOrDefault(task, List.of())) {
          rows.put(
              each.line(), new MetaRow(place, each.architecture(), each.accuracy(), each.split()));
        }
        place++;
      }
      return List.copyOf(rows.values());
    }
  }
}
