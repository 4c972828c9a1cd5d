package dev.espalier.store;

import dev.espalier.search.experiment.StageState;
import dev.espalier.search.failure.InvalidInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.Document;

/** The stages by their keys. Who inserts one owns it; a finished one never changes. */
public final class Stages {
  private static final String NOBODY = "";
  private static final int TOKENS_KEPT = 64;

  private final Documents documents;
  private final InstantSource clock;

  Stages(Documents documents, InstantSource clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * Claims the stage for an owner. Claiming what one holds already is well; what nobody holds any
   * more changes hands.
   */
  public Claim claim(StageDocument stage, String owner) {
    RecordChecks.id("the owner of a stage", owner);
    Instant now = RecordChecks.stored(clock.instant());
    if (documents.insert(toDocument(stage, owner, now))) {
      return new Claim.Claimed(get(stage.key()));
    }
    if (documents.findOrDrop(stage.key()).isEmpty()) { // it was damaged
      return claim(stage, owner);
    }
    Document unfinished = unfinished(stage.key());
    Document running =
        new Document("owner", owner)
            .append("state", StageState.RUNNING.name())
            .append("reason", null)
            .append("ended", null);
    List<String> free = List.of(owner, NOBODY);
    documents.updateOrDrop(
        unfinished.append("owner", new Document("$in", free)), new Document("$set", running));
    StageDocument stored = get(stage.key());
    String result = stored.result();
    if (result != null) {
      return new Claim.Finished(stored, result);
    }
    return stored.owner().equals(owner)
        ? new Claim.Claimed(stored)
        : new Claim.Held(stored, stored.owner());
  }

  /**
   * Takes an unfinished stage over from an owner that ended without a result.
   *
   * @return whether the new owner holds it now
   */
  public boolean takeOver(String key, String expectedOwner, String newOwner) {
    RecordChecks.id("the owner of a stage", newOwner);
    Document expected = unfinished(key).append("owner", expectedOwner);
    return documents.updateOrDrop(expected, Documents.set("owner", newOwner))
        || find(key)
            .filter(stage -> stage.result() == null && stage.owner().equals(newOwner))
            .isPresent();
  }

  /**
   * Gives an unfinished stage up, so that whoever claims it next has it.
   *
   * @return whether nobody holds it for that owner any more
   */
  public boolean release(String key, String owner) {
    Document free =
        new Document("owner", NOBODY)
            .append("state", StageState.PENDING.name())
            .append("ended", RecordChecks.stored(clock.instant()));
    return documents.updateOrDrop(
            unfinished(key).append("owner", owner), new Document("$set", free))
        || find(key).filter(stage -> stage.owner().equals(owner)).isEmpty();
  }

  /**
   * Takes the result of a finished stage back, since what it names is not there: the stage counts
   * as unfinished, to be made again. What it was is remembered, to be compared.
   *
   * @return how often that has happened now
   */
  public int reopen(String key, String result, String owner) {
    Document finished = Documents.byId(key).append("result", result);
    Document reopened =
        new Document("result", null)
            .append("formerResult", result)
            .append("owner", owner)
            .append("state", StageState.RUNNING.name())
            .append("ended", null);
    documents.update(
        finished, new Document("$set", reopened).append("$inc", new Document("reopened", 1)));
    return documents.find(key).map(stored -> new Fields(stored).count("reopened")).orElse(0);
  }

  /**
   * Stores the result. The first one stays, whoever comes with it. One that was made again is
   * {@code DIFFERENT} if it is not what it was before.
   *
   * @param result canonical JSON
   * @param seconds the time it took
   * @param environment what it ran on
   */
  public Recorded finish(
      String key, String result, double seconds, Map<String, String> environment) {
    Document fields =
        new Document("state", StageState.COMPLETED.name())
            .append("result", result)
            .append("reason", null)
            .append("seconds", seconds)
            .append("environment", Fields.named(environment))
            .append("ended", RecordChecks.stored(clock.instant()));
    if (documents.updateOrDrop(unfinished(key), new Document("$set", fields))) {
      String former =
          documents
              .find(key)
              .map(stored -> new Fields(stored).textOrNull("formerResult"))
              .orElse(null);
      return former == null || former.equals(result) ? Recorded.NEW : Recorded.DIFFERENT;
    }
    return result.equals(get(key).result()) ? Recorded.SAME : Recorded.DIFFERENT;
  }

  /** Notes the state of an unfinished stage: running, paused, failed and the like. */
  public void updateState(String key, StageState state) {
    documents.updateOrDrop(unfinished(key), Documents.set("state", state.name()));
  }

  /** Notes how far an unfinished stage came. */
  public void progress(String key, StageProgress progress) {
    documents.updateOrDrop(unfinished(key), Documents.set("progress", toDocument(progress)));
  }

  /** Notes that so many more units of the round are done, unless the stage is in another round. */
  public void advance(String key, int round, int by) {
    documents.updateOrDrop(
        unfinished(key).append("progress.round", round),
        new Document("$inc", new Document("progress.done", by)));
  }

  /**
   * Counts an attempt at one of the stage's activities.
   *
   * @param token names the attempt: the same one counts once
   */
  public void addAttempt(String key, String token) {
    count(key, "attempts", token);
  }

  /**
   * Counts a recovery: an attempt that goes on from a checkpoint after the one before had died.
   *
   * @param token names the attempt: the same one counts once
   */
  public void addRecovery(String key, String token) {
    count(key, "recoveries", token);
  }

  public Optional<StageDocument> find(String key) {
    return documents.find(key).map(Stages::fromDocument);
  }

  /** Those of the keys that are stored, in no particular order. */
  public List<StageDocument> find(Collection<String> keys) {
    return documents.find(keys).stream().map(Stages::fromDocument).toList();
  }

  void delete(String key) {
    documents.delete(Documents.byId(key));
  }

  /**
   * Counts by compare-and-set on the count. So that a repeated note counts once, the newest tokens
   * are kept beside it; a note is repeated at once or never, so a few will do.
   */
  private void count(String key, String counter, String token) {
    String tokens = counter + "Tokens";
    while (true) {
      Optional<Document> stored = documents.findOrDrop(key);
      if (stored.isEmpty()) {
        return;
      }
      Fields fields = new Fields(stored.get());
      List<String> counted = fields.texts(tokens);
      if (counted.contains(token)) {
        return;
      }
      Document unchanged = Documents.byId(key).append(counter, stored.get().get(counter));
      Document update =
          new Document(counter, fields.count(counter) + 1)
              .append(
                  tokens,
                  Stream.concat(counted.stream(), Stream.of(token))
                      .skip(Math.max(0, counted.size() + 1 - TOKENS_KEPT))
                      .toList());
      if (documents.updateOrDrop(unchanged, new Document("$set", update))) {
        return;
      }
    }
  }

  private StageDocument get(String key) {
    return find(key)
        .orElseThrow(() -> new InvalidInput("there is no stage %s: claim it first".formatted(key)));
  }

  private static Document unfinished(String key) {
    return Documents.byId(key).append("result", null);
  }

  private static Document toDocument(StageDocument stage, String owner, Instant now) {
    return new Document("_id", stage.key())
        .append("kind", stage.kind())
        .append("specification", stage.specification())
        .append("inputs", stage.inputs())
        .append("owner", owner)
        .append("state", stage.state().name())
        .append("reason", null)
        .append("result", null)
        .append("attempts", 0)
        .append("attemptsTokens", List.of())
        .append("recoveries", 0)
        .append("recoveriesTokens", List.of())
        .append("started", now)
        .append("ended", null)
        .append("seconds", 0.0)
        .append("progress", toDocument(stage.progress()))
        .append("environment", Fields.named(stage.environment()));
  }

  private static Document toDocument(StageProgress progress) {
    return new Document("round", progress.round())
        .append("rounds", progress.rounds())
        .append("done", progress.done())
        .append("total", progress.total())
        .append("unit", progress.unit())
        .append("note", progress.note());
  }

  private static StageDocument fromDocument(Document document) {
    Fields fields = new Fields(document);
    Fields progress = new Fields(fields.nested("progress"));
    return new StageDocument(
        fields.id(),
        fields.text("kind"),
        fields.text("specification"),
        fields.texts("inputs"),
        fields.text("owner"),
        fields.constant("state", StageState.class),
        fields.textOrNull("result"),
        fields.count("attempts"),
        fields.count("recoveries"),
        fields.instantOrNull("started"),
        fields.instantOrNull("ended"),
        fields.real("seconds"),
        new StageProgress(
            progress.count("round"),
            progress.count("rounds"),
            progress.count("done"),
            progress.count("total"),
            progress.text("unit"),
            progress.textOrNull("note")),
        fields.textsByName("environment"));
  }
}
