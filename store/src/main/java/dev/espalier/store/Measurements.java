package dev.espalier.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;

/** What stages measured: single values, and the series behind the plots. */
public final class Measurements {
  /*
   * A series is kept in buckets of so many steps, one document each: a point's place follows from
   * its step alone, so that writing it again changes nothing, and reading takes few documents.
   */
  private static final int BUCKET_STEPS = 500;

  private final Documents values;
  private final Documents buckets;

  Measurements(Documents values, Documents buckets) {
    this.values = values;
    this.buckets = buckets;
  }

  /** Stores a value. The first one stays. */
  public Recorded record(String stageKey, int round, String name, String canonicalJson) {
    return record(new Measurement(stageKey, round, name, canonicalJson));
  }

  /** Stores a value. The first one stays. */
  public Recorded record(Measurement measurement) {
    String id = id(measurement.stageKey(), measurement.round(), measurement.name());
    Document document =
        new Document("_id", id)
            .append("stage", measurement.stageKey())
            .append("round", measurement.round())
            .append("name", measurement.name())
            .append("value", measurement.json());
    if (values.insert(document)) {
      return Recorded.NEW;
    }
    Optional<Document> stored = values.findOrDrop(id);
    if (stored.isEmpty()) { // it was damaged
      return record(measurement);
    }
    return stored
        .map(found -> measurement.json().equals(found.getString("value")))
        .map(same -> same ? Recorded.SAME : Recorded.DIFFERENT)
        .orElse(Recorded.DIFFERENT);
  }

  public Optional<String> find(String stageKey, int round, String name) {
    return values.findOrDrop(id(stageKey, round, name)).map(stored -> stored.getString("value"));
  }

  /** All values of a stage, by name and then by round. */
  public List<Measurement> list(String stageKey) {
    return listByPrefix(RecordChecks.name("a stage key", stageKey) + "/");
  }

  /** All values of a stage under one name, by round. */
  public List<Measurement> list(String stageKey, String name) {
    return listByPrefix(RecordChecks.name("a stage key", stageKey) + "/" + name + "/");
  }

  /** All values of a stage whose names begin so, by name and then by round. */
  public List<Measurement> listBeginning(String stageKey, String name) {
    return listByPrefix(RecordChecks.name("a stage key", stageKey) + "/" + name);
  }

  /** Adds one point to a series; many at a time are cheaper. */
  public Recorded append(String stageKey, int round, String name, long step, double value) {
    return append(stageKey, round, name, List.of(new Series.Point(step, value)));
  }

  /**
   * Adds points to a series, of which the first at each step stays.
   *
   * @return {@code DIFFERENT} where another value stands at one of the steps, {@code NEW} where at
   *     least one is new, else {@code SAME}
   */
  public Recorded append(String stageKey, int round, String name, List<Series.Point> points) {
    String id = id(stageKey, round, name);
    Map<Long, Document> byBucket = new TreeMap<>();
    for (Series.Point point : points) {
      byBucket
          .computeIfAbsent(point.step() / BUCKET_STEPS, bucket -> new Document())
          .putIfAbsent(Long.toString(point.step()), point.value());
    }
    Recorded recorded = Recorded.SAME;
    for (Map.Entry<Long, Document> entry : byBucket.entrySet()) {
      String bucket = "%s/%010d".formatted(id, entry.getKey());
      Recorded outcome = append(bucket, entry.getValue());
      if (outcome == Recorded.DIFFERENT || recorded == Recorded.SAME) {
        recorded = outcome;
      }
    }
    return recorded;
  }

  /** The series so far, empty where there is none. */
  public Series series(String stageKey, int round, String name) {
    TreeMap<Long, Series.Point> points = new TreeMap<>();
    for (Document bucket : buckets.findByPrefix(id(stageKey, round, name) + "/")) {
      Document stored = new Fields(bucket).nested("points");
      for (String step : stored.keySet()) {
        long number = Long.parseLong(step);
        points.put(number, new Series.Point(number, stored.getDouble(step)));
      }
    }
    return new Series(stageKey, round, name, new ArrayList<>(points.values()));
  }

  /** All series of a stage, by name and then by round. */
  public List<Series> listSeries(String stageKey) {
    String prefix = RecordChecks.name("a stage key", stageKey) + "/";
    TreeSet<String> ids = new TreeSet<>();
    for (Document bucket : buckets.findByPrefix(prefix)) {
      String id = new Fields(bucket).id();
      ids.add(id.substring(prefix.length(), id.lastIndexOf('/')));
    }
    return ids.stream()
        .map(id -> {
          int slash = id.lastIndexOf('/');
          return series(
              stageKey, Integer.parseInt(id.substring(slash + 1)), id.substring(0, slash));
        })
        .toList();
  }

  /** Deletes all that a stage measured. */
  void delete(String stageKey) {
    String prefix = RecordChecks.name("a stage key", stageKey) + "/";
    values.deleteByPrefix(prefix);
    buckets.deleteByPrefix(prefix);
  }

  private Recorded append(String bucket, Document points) {
    Document stored =
        buckets
            .findOrDrop(bucket)
            .map(found -> new Fields(found).nested("points"))
            .orElseGet(Document::new);
    boolean different = false;
    Document fresh = new Document();
    for (Map.Entry<String, Object> point : points.entrySet()) {
      if (!stored.containsKey(point.getKey())) {
        fresh.append("points." + point.getKey(), point.getValue());
      } else if (!Objects.equals(stored.get(point.getKey()), point.getValue())) {
        different = true;
      }
    }
    if (!fresh.isEmpty()) {
      buckets.upsert(bucket, new Document("$set", fresh));
    }
    if (different) {
      return Recorded.DIFFERENT;
    }
    return fresh.isEmpty() ? Recorded.SAME : Recorded.NEW;
  }

  private List<Measurement> listByPrefix(String prefix) {
    return values.findByPrefix(prefix).stream()
        .map(Fields::new)
        .map(stored ->
            new Measurement(
                stored.text("stage"),
                stored.count("round"),
                stored.text("name"),
                stored.text("value")))
        .toList();
  }

  private static String id(String stageKey, int round, String name) {
    Measurement checked = new Measurement(stageKey, round, name, "");
    return "%s/%s/%06d".formatted(checked.stageKey(), checked.name(), checked.round());
  }
}
