package dev.espalier.store;

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
 * attempt that began and never ended counts as lost when the next one begins.
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

  /**
   * Begins an attempt.
   *
   * @param attemptToken names the attempt: beginning the same one again answers the same
   * @param workerId who makes it, for people
   */
  public UnitAttempt begin(String unitId, String attemptToken, String workerId) {
    return tryBegin(unitId, attemptToken, workerId, holder -> true).orElseThrow();
  }

  /**
   * Who has begun a unit and not ended it.
   *
   * @param beats grows while the attempt is alive
   */
  public record Holder(String attemptToken, long beats) {}

  /**
   * Begins an attempt, unless another one is open that it may not take the unit from.
   *
   * @param mayTake asked of an open attempt: whether it is known to be over
   * @return empty if the unit is held
   */
  public Optional<UnitAttempt> tryBegin(
      String unitId, String attemptToken, String workerId, Predicate<Holder> mayTake) {
    Checks.id("a unit's id", unitId);
    Checks.id("an attempt's token", attemptToken);
    Document stored =
        change(
            unitId,
            unit -> {
              Fields fields = new Fields(unit);
              String current = unit.getString("attempt");
              if (attemptToken.equals(current)) {
                return null;
              }
              boolean previousLost = fields.flag("open");
              if (previousLost && !mayTake.test(new Holder(current, fields.whole("beats")))) {
                return null;
              }
              int lost = previousLost ? fields.count("lost") + 1 : fields.count("lost");
              return new Document("attempt", attemptToken)
                  .append("attempts", fields.count("attempts") + 1)
                  .append("open", true)
                  .append("previousLost", previousLost)
                  .append("lost", lost)
                  .append("lostAtBegin", lost)
                  .append("worker", workerId)
                  .append("began", Checks.stored(clock.instant()))
                  .append("outcome", null);
            });
    if (!attemptToken.equals(stored.getString("attempt"))) {
      return Optional.empty();
    }
    Fields fields = new Fields(stored);
    return Optional.of(
        new UnitAttempt(
            fields.count("attempts"), fields.count("lostAtBegin"), fields.flag("previousLost")));
  }

  /** Shows others that the attempt is alive. */
  public void beat(String unitId, String attemptToken) {
    Document current = Documents.byId(unitId).append("attempt", attemptToken).append("open", true);
    documents.update(current, new Document("$inc", new Document("beats", 1L)));
  }

  /**
   * Notes a checkpoint of the unit. The newest few, by progress, are kept; one that is beyond all
   * before it is progress, and the count of lost attempts begins anew.
   */
  public void checkpoint(String unitId, CheckpointRef checkpoint) {
    change(
        unitId,
        unit -> {
          List<CheckpointRef> checkpoints = new ArrayList<>(checkpointsOf(unit));
          if (checkpoints.contains(checkpoint)) {
            return null;
          }
          boolean progress = checkpoints.stream().allMatch(checkpoint::isBeyond);
          checkpoints.add(checkpoint);
          checkpoints.sort(Comparator.reverseOrder());
          Document fields = checkpointFields(checkpoints.stream().limit(CHECKPOINTS_KEPT).toList());
          return progress ? fields.append("lost", 0) : fields;
        });
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
    return documents.find(unitId).map(Units::checkpointsOf).orElse(List.of());
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

  /** How the last ended attempt ended; empty while one is open or none was made. */
  public Optional<String> outcome(String unitId) {
    return documents.find(unitId).map(unit -> unit.getString("outcome"));
  }

  /**
   * Ends an attempt, well or not, in its own words. The end of an attempt that another one has
   * followed changes nothing.
   *
   * @return whether it was, or had been, the current attempt's end
   */
  public boolean end(String unitId, String attemptToken, String outcome) {
    Document current = Documents.byId(unitId).append("attempt", attemptToken);
    Document fields = new Document("open", false).append("lost", 0).append("outcome", outcome);
    Document update = new Document("$set", fields).append("$inc", new Document("version", 1));
    return documents.update(current, update);
  }

  /**
   * Changes the unit's document by compare-and-set on its version.
   *
   * @param change answers the fields to set, {@code null} for none
   * @return the document as it is then
   */
  private Document change(String unitId, UnaryOperator<@Nullable Document> change) {
    while (true) {
      Document unit = documents.find(unitId).orElse(null);
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
