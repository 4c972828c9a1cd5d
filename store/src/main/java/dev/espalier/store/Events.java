package dev.espalier.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * The events of each experiment, numbered from 1 without gaps in the order in which they were
 * stored, however many write at once.
 */
public final class Events {
  /*
   * Events stand in bucket documents. An append goes to the last bucket and holds only if its
   * count is still the one that was read; the next bucket begins when the last is full. So the
   * sequence number, which is the place in the bucket, is dense and unique, and the look for the
   * key and the append are one atomic step: whoever lost the race looks again. A full bucket never
   * changes, so that its keys are read once.
   */
  static final int BUCKET_SIZE = 100;

  /** The keys of a bucket that is damaged in the file: nothing more is appended to it. */
  private static final List<String> UNREADABLE = Collections.nCopies(BUCKET_SIZE, "");

  private static final int EXPERIMENTS_REMEMBERED = 64;

  private final Map<String, List<List<String>>> fullBuckets =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<List<String>>> eldest) {
              return size() > EXPERIMENTS_REMEMBERED;
            }
          });
  private final Documents buckets;
  private final InstantSource clock;

  Events(Documents buckets, InstantSource clock) {
    this.buckets = buckets;
    this.clock = clock;
  }

  /**
   * Appends an event, unless one with its key is there.
   *
   * @param key deterministic: a repeated append does nothing
   * @return the event as it is stored
   */
  public Event append(String experimentId, String key, String kind, String text, String by) {
    RecordChecks.name("an experiment's id", experimentId);
    while (true) {
      List<List<String>> keys = keysByBucket(experimentId);
      for (int bucket = 0; bucket < keys.size(); bucket++) {
        int place = keys.get(bucket).indexOf(key);
        if (place >= 0) {
          return at(experimentId, sequence(bucket, place));
        }
      }
      int last = keys.size() - 1;
      int count = keys.isEmpty() ? BUCKET_SIZE : keys.getLast().size();
      Event event =
          count < BUCKET_SIZE
              ? event(sequence(last, count), key, kind, text, by)
              : event(sequence(last + 1, 0), key, kind, text, by);
      boolean appended =
          count < BUCKET_SIZE
              ? buckets.update(expecting(id(experimentId, last), count), pushing(event))
              : buckets.insert(bucketOf(id(experimentId, last + 1), event));
      if (appended) {
        return event;
      }
    }
  }

  /** The keys of all events by their buckets, of which all but the last are full. */
  private List<List<String>> keysByBucket(String experimentId) {
    List<List<String>> full = fullBuckets.getOrDefault(experimentId, List.of());
    List<List<String>> keys = new ArrayList<>(full);
    String from = id(experimentId, full.size());
    for (Document bucket :
        buckets.findAllByPrefix(experimentId + "/", from, new Document("keys", 1))) {
      keys.add(Documents.isDamaged(bucket) ? UNREADABLE : new Fields(bucket).texts("keys"));
    }
    List<List<String>> nowFull =
        keys.stream().takeWhile(bucket -> bucket.size() == BUCKET_SIZE).toList();
    if (nowFull.size() > full.size()) {
      fullBuckets.put(experimentId, nowFull);
    }
    return keys;
  }

  /** All events of the experiment. */
  public List<Event> list(String experimentId) {
    return list(experimentId, 0);
  }

  /** The events after that sequence number, in order. */
  public List<Event> list(String experimentId, long afterSequence) {
    RecordChecks.name("an experiment's id", experimentId);
    String from = id(experimentId, Math.toIntExact(Math.max(0, afterSequence) / BUCKET_SIZE));
    return buckets.findAllByPrefix(experimentId + "/", from, new Document()).stream()
        .flatMap(Events::events)
        .filter(event -> event.sequence() > afterSequence)
        .toList();
  }

  /** Deletes all events of an experiment. */
  void delete(String experimentId) {
    buckets.deleteByPrefix(RecordChecks.name("an experiment's id", experimentId) + "/");
    fullBuckets.remove(experimentId);
  }

  private Event at(String experimentId, long sequence) {
    return list(experimentId, sequence - 1).getFirst();
  }

  private Event event(long sequence, String key, String kind, String text, String by) {
    return new Event(sequence, key, RecordChecks.stored(clock.instant()), kind, text, by);
  }

  private static String id(String experimentId, int bucket) {
    return "%s/%06d".formatted(experimentId, bucket);
  }

  private static int number(Document bucket) {
    String id = bucket.getString("_id");
    return Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
  }

  private static long sequence(int bucket, int place) {
    return (long) bucket * BUCKET_SIZE + place + 1;
  }

  private static Document expecting(String bucket, int count) {
    return Documents.byId(bucket).append("count", count);
  }

  private static Document pushing(Event event) {
    return new Document("$inc", new Document("count", 1))
        .append("$push", new Document("keys", event.key()).append("events", toDocument(event)));
  }

  private static Document bucketOf(String id, Event event) {
    return new Document("_id", id)
        .append("count", 1)
        .append("keys", List.of(event.key()))
        .append("events", List.of(toDocument(event)));
  }

  private static Document toDocument(Event event) {
    return new Document("key", event.key())
        .append("at", event.at())
        .append("kind", event.kind())
        .append("text", event.text())
        .append("by", event.by());
  }

  private static Stream<Event> events(Document bucket) {
    int number = number(bucket);
    if (Documents.isDamaged(bucket)) {
      return Stream.of(
          new Event(
              sequence(number, 0),
              "damaged/" + number,
              Instant.EPOCH,
              "damaged",
              "Up to %d events from here on are damaged in the file. Run: espalier verify"
                  .formatted(BUCKET_SIZE),
              "store"));
    }
    List<Document> stored = new Fields(bucket).nestedList("events");
    return IntStream.range(0, stored.size())
        .mapToObj(place -> fromDocument(sequence(number, place), stored.get(place)));
  }

  private static Event fromDocument(long sequence, Document document) {
    Fields fields = new Fields(document);
    return new Event(
        sequence,
        fields.text("key"),
        fields.instant("at"),
        fields.text("kind"),
        fields.text("text"),
        fields.text("by"));
  }
}
