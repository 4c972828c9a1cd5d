package dev.espalier.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Units of work, a chunk of candidates or a training, with their attempts and checkpoints. An
 * attempt that began and never ended was lost; whether its process died shows when the next one
 * begins, in another process.
 */
public final class Units {
  /** How many checkpoints of a unit are kept: should the newest be corrupt, there are others. */
  public static final int CHECKPOINTS_KEPT = 3;

  private final Documents documents;
  private final InstantSource clock;

  Units(Documents documents, InstantSource clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /** Begins an attempt, whoever is at the unit, in the only process of that worker. */
  public UnitAttempt begin(String unitId, String attemptToken, String worker) {
    return tryBegin(unitId, attemptToken, new Maker(worker, worker), holder -> true).orElseThrow();
  }

  /**
   * Who makes an attempt.
   *
   * @param worker for people
   * @param process one life of the worker's process: no other one, before or after, has the same
   */
  public record Maker(String worker, String process) {}

  /**
   * Who has begun a unit and not ended it.
   *
   * @param beats grows while the attempt is alive
   */
  public record Holder(String attemptToken, long beats) {}

  /**
   * Begins an attempt, unless another one is open that it may not take the unit from.
   *
   * @param attemptToken names the attempt: beginning the same one again answers the same
   * @param mayTake asked of an open attempt: whether it is known to be over
   * @return empty if the unit is held
   */
  public Optional<UnitAttempt> tryBegin(
      String unitId, String attemptToken, Maker maker, Predicate<Holder> mayTake) {
    RecordChecks.id("a unit's id", unitId);
    RecordChecks.id("an attempt's token", attemptToken);
    Document stored =
        change(
            unitId,
            unit -> {
              Fields fields = new Fields(unit);
              String current = unit.getString("attempt");
              if (attemptToken.equals(current)) {
                return null;
              }
              boolean open = fields.flag("open");
              if (open && !mayTake.test(new Holder(current, fields.whole("beats")))) {
                return null;
              }
              boolean died = open && !maker.process().equals(unit.getString("process"));
              boolean innocent = fields.flag("alone"); // it ran apart from the process that died
              return new Document("attempt", attemptToken)
                  .append("attempts", fields.count("attempts") + 1)
                  .append("open", true)
                  .append("previousLost", open || fields.flag("diedAlone"))
                  .append("deaths", fields.count("deaths") + (died && !innocent ? 1 : 0))
                  .append("alone", false)
                  .append("diedAlone", false)
                  .append("worker", maker.worker())
                  .append("process", maker.process())
                  .append("began", RecordChecks.stored(clock.instant()))
                  .append("outcome", null);
            });
    if (!attemptToken.equals(stored.getString("attempt"))) {
      return Optional.empty();
    }
    Fields fields = new Fields(stored);
    return Optional.of(
        new UnitAttempt(
            fields.count("attempts"),
            fields.flag("previousLost"),
            fields.count("deaths"),
            fields.count("deathsAlone")));
  }

  /**
   * Notes that the attempt runs in a process of its own: the death of the worker that watches it is
   * none of the unit's.
   */
  public void runsAlone(String unitId, String attemptToken) {
    changeOpen(unitId, attemptToken, unit -> new Document("alone", true));
  }

  /**
   * Ends an attempt whose own process died.
   *
   * @param took how long it and the wait before the next one last, by the clock of whoever watches
   * @return how often that came to pass without progress between, and the time of all of them
   */
  public DeathsAlone diedAlone(String unitId, String attemptToken, Duration took) {
    Document stored =
        changeOpen(
            unitId,
            attemptToken,
            unit -> {
              Fields fields = new Fields(unit);
              return new Document("open", false)
                  .append("alone", false)
                  .append("diedAlone", true)
                  .append("outcome", "died alone")
                  .append("deathsAlone", fields.count("deathsAlone") + 1)
                  .append("millisAlone", fields.whole("millisAlone") + took.toMillis());
            });
    Fields fields = new Fields(stored);
    return new DeathsAlone(
        fields.count("deathsAlone"), Duration.ofMillis(fields.whole("millisAlone")));
  }

  /**
   * How often a unit's own process died without progress between.
   *
   * @param lasted all those attempts and the waits after them
   */
  public record DeathsAlone(int count, Duration lasted) {}

  /**
   * Ends an attempt that threw something unexpected.
   *
   * @return how many did in a row, this one included, without progress between
   */
  public int threw(String unitId, String attemptToken, String what) {
    Document stored =
        changeOpen(
            unitId,
            attemptToken,
            unit ->
                new Document("open", false)
                    .append("alone", false)
                    .append("outcome", what)
                    .append("thrown", new Fields(unit).count("thrown") + 1));
    return new Fields(stored).count("thrown");
  }

  /** Ends an attempt that has no answer and is at no fault, such as a stopped one. */
  public void interrupt(String unitId, String attemptToken, String why) {
    changeOpen(
        unitId,
        attemptToken,
        unit -> new Document("open", false).append("alone", false).append("outcome", why));
  }

  /** Changes the unit while the attempt is its current one and open. */
  private Document changeOpen(String unitId, String attemptToken, UnaryOperator<Document> change) {
    return change(
        unitId,
        unit ->
            attemptToken.equals(unit.getString("attempt")) && new Fields(unit).flag("open")
                ? change.apply(unit)
                : null);
  }

  /** Shows others that the attempt is alive. */
  public void beat(String unitId, String attemptToken) {
    Document current = Documents.byId(unitId).append("attempt", attemptToken).append("open", true);
    documents.update(current, new Document("$inc", new Document("beats", 1L)));
  }

  /**
   * Notes a checkpoint of the unit. The newest few, by progress, are kept; one that is beyond all
   * before it is progress, and deaths and exceptions are counted anew.
   *
   * @return whether the attempt is the current one and open: what any other writes is not noted,
   *     for nobody would take it out again
   */
  public boolean checkpoint(String unitId, String attemptToken, CheckpointRef checkpoint) {
    Document stored =
        change(
            unitId,
            unit -> {
              List<CheckpointRef> checkpoints = new ArrayList<>(checkpointsOf(unit));
              if (!isCurrent(unit, attemptToken) || checkpoints.contains(checkpoint)) {
                return null;
              }
              boolean progress = checkpoints.stream().allMatch(checkpoint::isBeyond);
              checkpoints.add(checkpoint);
              checkpoints.sort(Comparator.reverseOrder());
              Document fields =
                  checkpointFields(checkpoints.stream().limit(CHECKPOINTS_KEPT).toList());
              if (progress) {
                fields.putAll(acquitted());
              }
              return fields;
            });
    return isCurrent(stored, attemptToken);
  }

  private static boolean isCurrent(Document unit, String attemptToken) {
    return attemptToken.equals(unit.getString("attempt")) && new Fields(unit).flag("open");
  }

  /** Takes a checkpoint out that turned out corrupt; the one before it is the newest then. */
  public void discard(String unitId, String sha) {
    change(
        unitId,
        unit -> {
          List<CheckpointRef> checkpoints = new ArrayList<>(checkpointsOf(unit));
          return checkpoints.removeIf(checkpoint -> checkpoint.sha().equals(sha))
              ? checkpointFields(checkpoints)
              : null;
        });
  }

  /** Takes all checkpoints of a unit out that is finished for good. */
  public void discardCheckpoints(String unitId) {
    change(unitId, unit -> checkpointsOf(unit).isEmpty() ? null : checkpointFields(List.of()));
  }

  /** The checkpoints of the unit, newest first. */
  public List<CheckpointRef> checkpoints(String unitId) {
    return documents.findOrDrop(unitId).map(Units::checkpointsOf).orElse(List.of());
  }

  /** The units whose id starts so and whose newest attempt has begun and not ended. */
  public List<String> open(String prefix) {
    return documents.findByPrefix(prefix).stream()
        .filter(unit -> new Fields(unit).flag("open"))
        .map(unit -> unit.getString("_id"))
        .toList();
  }

  /** The SHA-256 of every checkpoint that a unit may continue from. */
  Set<String> allCheckpoints() {
    return documents.find(new Document(), new Document("checkpoints", 1)).stream()
        .flatMap(unit -> checkpointsOf(unit).stream())
        .map(CheckpointRef::sha)
        .collect(Collectors.toSet());
  }

  /** Forgets a unit, whoever is at it: should somebody be, it comes into being again. */
  void delete(String unitId) {
    documents.delete(Documents.byId(unitId));
  }

  /** Forgets all units of a stage. */
  void deleteOf(String stageKey) {
    documents.deleteByPrefix(RecordChecks.name("a stage key", stageKey) + "/");
  }

  /** How the last ended attempt ended; empty while one is open or none was made. */
  public Optional<String> outcome(String unitId) {
    return documents.findOrDrop(unitId).map(unit -> unit.getString("outcome"));
  }

  /**
   * Ends an attempt with an answer, good or not, in its own words: deaths and exceptions are
   * counted anew. The end of an attempt that another one has followed changes nothing.
   *
   * @return whether it was, or had been, the current attempt's end
   */
  public boolean end(String unitId, String attemptToken, String outcome) {
    Document current = Documents.byId(unitId).append("attempt", attemptToken);
    Document fields = acquitted().append("open", false).append("outcome", outcome);
    Document update = new Document("$set", fields).append("$inc", new Document("version", 1));
    return documents.update(current, update);
  }

  private static Document acquitted() {
    return new Document("deaths", 0)
        .append("alone", false)
        .append("deathsAlone", 0)
        .append("millisAlone", 0L)
        .append("thrown", 0);
  }

  /**
   * Changes the unit's document by compare-and-set on its version.
   *
   * @param change answers the fields to set, {@code null} for none
   * @return the document as it is then
   */
  private Document change(String unitId, UnaryOperator<@Nullable Document> change) {
    while (true) {
      Document unit = documents.findOrDrop(unitId).orElse(null);
      if (unit == null) {
        documents.insert(new Document("_id", unitId).append("version", 0));
        continue;
      }
      Document fields = change.apply(unit);
      if (fields == null) {
        return unit;
      }
      Document unchanged = Documents.byId(unitId).append("version", unit.get("version"));
      Document update = new Document("$set", fields).append("$inc", new Document("version", 1));
      Optional<Document> changed = documents.updateAndGet(unchanged, update);
      if (changed.isPresent()) {
        return changed.get();
      }
    }
  }

  private static Document checkpointFields(List<CheckpointRef> checkpoints) {
    return new Document(
        "checkpoints",
        checkpoints.stream()
            .map(checkpoint ->
                new Document("sha", checkpoint.sha())
                    .append("epoch", checkpoint.epoch())
                    .append("step", checkpoint.step()))
            .toList());
  }

  private static List<CheckpointRef> checkpointsOf(Document unit) {
    return new Fields(unit)
        .nestedList("checkpoints").stream()
            .map(Fields::new)
            .map(stored ->
                new CheckpointRef(stored.text("sha"), stored.count("epoch"), stored.whole("step")))
            .toList();
  }
}
