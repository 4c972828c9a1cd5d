package dev.espalier.search.latency;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Delimited;
import dev.espalier.search.input.Delimited.Row;
import dev.espalier.search.input.Input;
import dev.espalier.search.latency.LatencyTable.Measured;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/** A table of latencies as a file: a row a network, a column a device, milliseconds. */
final class LatencyCsv {
  private static final int SHOWN = 5;
  private static final List<String> ARCHITECTURE = List.of("architecture", "arch");
  private static final List<String> CODING = List.of("ks", "e", "d");
  private static final String NO_NETWORKS =
      "there is no column architecture, nor the columns ks, e and d";
  private static final List<String> IMAGE_SIZE = List.of("r", "resolution", "image_size");

  /** Columns that are no device's. */
  private static final Set<String> OTHERS =
      Set.of(
          "index", "architecture", "arch", "ops", "ks", "e", "d", "r", "resolution", "image_size");

  /** A part of a column's name that no device has: what it counts is no time. */
  private static final Set<String> NO_TIME =
      Set.of(
          "acc",
          "accuracy",
          "loss",
          "error",
          "err",
          "params",
          "param",
          "parameters",
          "flops",
          "flop",
          "macs",
          "madds",
          "epoch",
          "epochs",
          "seed",
          "top1",
          "top5",
          "hash",
          "split",
          "task",
          "id",
          "idx");

  private final Input input;
  private final SearchSpace space;
  private final String device;
  private final Delimited csv;
  private final List<String> problems = new ArrayList<>();
  private int foreign;

  LatencyCsv(Input input, SearchSpace space, String device) {
    this.input = input;
    this.space = space;
    csv = opened(input);
    List<String> devices = devices(csv);
    if (devices.isEmpty()) {
      throw new InvalidInput("%s: there is no column of a device".formatted(input.name()));
    }
    if (!devices.contains(device)) {
      throw new InvalidInput(
          "%s has no device \"%s\": it has %s.%s"
              .formatted(
                  input.name(),
                  device,
                  String.join(", ", devices),
                  DidYouMean.sentence(device, devices)));
    }
    this.device = device;
  }

  static List<String> devices(Input input) {
    return devices(opened(input));
  }

  private static Delimited opened(Input input) {
    return Delimited.read(input, List.of("architecture", "arch", "ks", "ops"));
  }

  private static List<String> devices(Delimited csv) {
    return csv.columns().stream()
        .filter(column -> !OTHERS.contains(column) && !countsOtherThings(column))
        .toList();
  }

  private static boolean countsOtherThings(String column) {
    return Stream.of(column.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .anyMatch(NO_TIME::contains);
  }

  /** Columns that by their names have something else than times. */
  static List<String> leftOut(Input input) {
    return opened(input).columns().stream()
        .filter(column -> !OTHERS.contains(column) && countsOtherThings(column))
        .toList();
  }

  /** The space of the first network. */
  static SearchSpace space(Input input) {
    Delimited csv = opened(input);
    if (csv.column(ARCHITECTURE.toArray(String[]::new)).isEmpty()
        && !csv.columns().containsAll(CODING)) {
      throw new InvalidInput("%s: %s".formatted(input.name(), NO_NETWORKS));
    }
    List<String> first = new ArrayList<>();
    csv.forEach(row -> {
      if (first.isEmpty()) {
        first.add(architecture(csv, row));
      }
    });
    if (first.isEmpty()) {
      throw new InvalidInput(input.name() + ": there is no row");
    }
    return SearchSpaces.recognising(first.getFirst());
  }

  /** Of a network that stands in several rows, the mean. */
  SequencedMap<Measured, Double> rows() {
    SequencedMap<Measured, List<Double>> all = new LinkedHashMap<>();
    int[] count = new int[1];
    csv.forEach(row -> {
      count[0]++;
      read(row, all);
    });
    if (foreign > 0) {
      throw new InvalidInput(
          "%s: %,d of %,d rows are no architectures of the space %s: %s"
              .formatted(input.name(), foreign, count[0], space.name(), problems.getFirst()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems.size() > SHOWN ? problems.subList(0, SHOWN) : problems);
    }
    if (all.isEmpty()) {
      throw new InvalidInput(input.name() + ": there is no row");
    }
    if (all.values().stream().flatMap(List::stream).allMatch(time -> time == 0)) {
      throw new InvalidInput(
          "%s: %s has no time but 0: nothing can be limited by it, take the column out"
              .formatted(input.name(), device));
    }
    SequencedMap<Measured, Double> means = new LinkedHashMap<>();
    all.forEach((measured, times) ->
        means.put(
            measured, times.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
    return means;
  }

  private void read(Row row, SequencedMap<Measured, List<Double>> all) {
    Measured measured;
    try {
      measured = new Measured(space.parse(architecture(csv, row)), imageSize(row));
    } catch (InvalidInput e) {
      foreign++;
      problems.add(row.problem(e.problems().getFirst()).getMessage());
      return;
    }
    try {
      all.computeIfAbsent(measured, _ -> new ArrayList<>()).add(millis(row));
    } catch (InvalidInput e) {
      problems.add(e.getMessage());
    }
  }

  private static String architecture(Delimited csv, Row row) {
    Optional<String> column = csv.column(ARCHITECTURE.toArray(String[]::new));
    if (column.isPresent()) {
      return row.get(column.get());
    }
    if (csv.columns().containsAll(CODING)) {
      return String.join(",", CODING.stream().map(row::get).toList());
    }
    throw new InvalidInput(NO_NETWORKS);
  }

  private int imageSize(Row row) {
    Optional<String> column = csv.column(IMAGE_SIZE.toArray(String[]::new));
    if (column.isEmpty()) {
      return 0;
    }
    String text = row.get(column.get());
    if (!text.matches("\\d{1,5}")) {
      throw new InvalidInput("%s: \"%s\" is no side of images".formatted(column.get(), text));
    }
    return Integer.parseInt(text);
  }

  private double millis(Row row) {
    String text = row.number(device);
    double millis;
    try {
      millis = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw row.problem("%s: \"%s\" is not a number".formatted(device, text));
    }
    if (!(millis >= 0 && Double.isFinite(millis))) {
      throw row.problem("%s must be milliseconds, 0 or more, but was %s".formatted(device, text));
    }
    return millis;
  }
}
