package dev.espalier.store;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.failure.InvalidInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.json.JsonParseException;
import org.jspecify.annotations.Nullable;

/** The experiments. What was launched never changes; a completed one stays completed. */
public final class Experiments {
  private static final Document SUMMARY =
      new Document("specification", 0).append("result", 0).append("salt", 0).append("origin", 0);

  /** When the workflow asked for the newest note of a state, of the experiment or of a stage. */
  private static final String ASKED = "asked";

  private static final String STATE_ASKED = "stateAsked";

  private static final String LABELS = "labels";

  private final Documents documents;
  private final InstantSource clock;

  Experiments(Documents documents, InstantSource clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /** Stores a new experiment. {@code DIFFERENT} where the id belongs to another one. */
  public Recorded insert(ExperimentDocument experiment) {
    if (documents.insert(toDocument(experiment))) {
      return Recorded.NEW;
    }
    ExperimentDocument stored = get(experiment.id());
    boolean same =
        stored.specification().equals(experiment.specification())
            && stored.salt().equals(experiment.salt());
    return same ? Recorded.SAME : Recorded.DIFFERENT;
  }

  public Optional<ExperimentDocument> find(String id) {
    return documents.find(id).map(Experiments::fromDocument);
  }

  /** Those of these experiments that can be read, in no order. */
  public List<ExperimentDocument> find(Collection<String> ids) {
    List<ExperimentDocument> found = new ArrayList<>();
    for (Document document : documents.findAll(Documents.byIds(ids), new Document())) {
      try {
        if (!Documents.isDamaged(document)) {
          found.add(fromDocument(document));
        }
      } catch (ClassCastException | IllegalArgumentException | ArithmeticException unreadable) {
        // told of where it is looked at by itself
      }
    }
    return found;
  }

  /** Those of these experiments that are there, as {@link #list()} has them. */
  public List<ExperimentSummary> list(Collection<String> ids) {
    return summaries(documents.findAll(Documents.byIds(ids), SUMMARY));
  }

  /** All experiments that can be read, newest first. */
  public List<ExperimentSummary> list() {
    return listing().readable();
  }

  /**
   * All experiments, read once.
   *
   * @param readable newest first
   * @param damaged what is wrong with those that cannot be read: each by itself
   */
  public record Listing(List<ExperimentSummary> readable, List<DamagedDocument> damaged) {
    public Listing {
      readable = List.copyOf(readable);
      damaged = List.copyOf(damaged);
    }
  }

  /** All experiments: those that can be read, and what is wrong with the others. */
  public Listing listing() {
    List<Document> all = documents.findAll(new Document(), SUMMARY);
    return new Listing(
        summaries(all), all.stream().filter(Documents::isDamaged).map(documents::damage).toList());
  }

  /** The experiments that are neither completed nor cancelled, newest first. */
  public List<ExperimentSummary> unfinished() {
    List<String> over = List.of(ExperimentState.COMPLETED.name(), ExperimentState.CANCELLED.name());
    return summaries(documents.findAll(new Document("state", new Document("$nin", over)), SUMMARY));
  }

  /**
   * Moves the experiment to a state. A completed one stays as it is, and so does a cancelled one
   * that is to run, wait or be looked at again.
   *
   * @return whether it is in that state now
   */
  public boolean updateState(String id, ExperimentState state, @Nullable String reason) {
    return move(id, state, new Document(), stateFields(state, reason)) || get(id).state() == state;
  }

  /**
   * As {@link #updateState(String, ExperimentState, String)}, for notes that may come late: one
   * that is older than one made before changes nothing.
   *
   * @param asked when its workflow asked for the note: the same in each repetition
   * @return whether the note holds, be it made before
   */
  public boolean updateState(
      String id, ExperimentState state, @Nullable String reason, Instant asked) {
    Document fields = stateFields(state, reason).append(STATE_ASKED, RecordChecks.stored(asked));
    return inOrder(STATE_ASKED, asked, order -> move(id, state, order, fields))
        || get(id).state() == state;
  }

  private Document stateFields(ExperimentState state, @Nullable String reason) {
    Instant now = RecordChecks.stored(clock.instant());
    return new Document("state", state.name())
        .append("reason", reason)
        .append("ended", state.isOver() ? now : null);
  }

  private boolean move(String id, ExperimentState state, Document condition, Document fields) {
    List<String> lasting =
        state == ExperimentState.CANCELLED
            ? List.of(ExperimentState.COMPLETED.name())
            : List.of(ExperimentState.COMPLETED.name(), ExperimentState.CANCELLED.name());
    Document from = Documents.byId(id).append("state", new Document("$nin", lasting));
    from.putAll(condition);
    if (!documents.update(from, new Document("$set", fields))) {
      return false;
    }
    if (state == ExperimentState.RUNNING) {
      Document unstarted = Documents.byId(id).append("started", null);
      documents.update(unstarted, Documents.set("started", RecordChecks.stored(clock.instant())));
    }
    return true;
  }

  /** Makes a note where none that was asked for later has been made under that field. */
  private static boolean inOrder(String field, Instant asked, Predicate<Document> note) {
    return note.test(new Document(field, null))
        || note.test(new Document(field, new Document("$lte", RecordChecks.stored(asked))));
  }

  /**
   * Notes what a person wants: RUNNING, PAUSED or CANCELLED.
   *
   * @return whether it is a new wish: the same one asked for again is not
   */
  public boolean setDesired(String id, ExperimentState desired) {
    RecordChecks.desirable(desired);
    ExperimentDocument experiment = get(id);
    boolean wokenUp =
        desired == ExperimentState.RUNNING && experiment.state() == ExperimentState.PAUSED;
    if (desired == experiment.desired() && !wokenUp) {
      return false;
    }
    update(id, Documents.set("desired", desired.name()).append("$inc", new Document("wishes", 1L)));
    return true;
  }

  /** What people call the experiment. */
  public Labels labels(String id) {
    return documents.find(id).map(Experiments::labels).orElseThrow(() -> unknown(id));
  }

  /**
   * Changes what people call the experiment. Several at once are all heard.
   *
   * @return whether anything is another now
   */
  public boolean label(String id, Labels.Change change) {
    while (true) {
      Document stored = documents.find(id).orElseThrow(() -> unknown(id));
      Labels before = labels(stored);
      Labels after = before.with(change);
      if (after.equals(before)) {
        return false;
      }
      Document unchanged = Documents.byId(id).append(LABELS, stored.get(LABELS));
      if (documents.update(unchanged, Documents.set(LABELS, toDocument(after)))) {
        return true;
      }
    }
  }

  private static Document toDocument(Labels labels) {
    return new Document("name", labels.name())
        .append("tags", labels.tags())
        .append("note", labels.note());
  }

  private static Labels labels(Document experiment) {
    Fields fields = new Fields(new Fields(experiment).nested(LABELS));
    return new Labels(fields.text("name"), fields.texts("tags"), fields.text("note"));
  }

  /** What people want of the experiment, and what its workflow knows of it. */
  public Steering steering(String id) {
    return documents.find(id).map(Experiments::steering).orElseThrow(() -> unknown(id));
  }

  /** Notes what a run of the workflow was told. */
  public void noteTold(String id, Steering.Told told) {
    update(
        id,
        Documents.set(
            "told",
            new Document("run", told.run())
                .append("wishes", told.wishes())
                .append("retries", told.retries())));
  }

  private static Steering steering(Document document) {
    Fields fields = new Fields(document);
    int retries = fields.count("retries");
    Document told = document.get("told", Document.class);
    Fields known = new Fields(told == null ? new Document("retries", retries) : told);
    return new Steering(
        fields.constant("desired", ExperimentState.class),
        fields.whole("wishes"),
        retries,
        new Steering.Told(known.text("run"), known.whole("wishes"), known.count("retries")));
  }

  /** Notes what is fixed when the experiment first runs: the first value stays. */
  public Recorded setNumericClass(String id, String numericClass) {
    return setOnce(id, "numericClass", numericClass);
  }

  /** Notes the digest of the data set: the first value stays. */
  public Recorded setDataDigest(String id, String dataDigest) {
    return setOnce(id, "dataDigest", dataDigest);
  }

  /** Puts the stage in the place of the one with its name, or after the others. */
  public void updateStage(String id, ExperimentStage stage) {
    update(id, Documents.set("stages." + stage.name(), toDocument(stage)));
  }

  /**
   * As {@link #updateStage(String, ExperimentStage)}, for notes that may come late: one that is
   * older than one made before changes nothing, unless it tells of a stage's end.
   *
   * @param asked when its workflow asked for the note: the same in each repetition
   * @return whether the note holds
   */
  public boolean updateStage(String id, ExperimentStage stage, Instant asked) {
    String field = "stages." + stage.name();
    Document update =
        Documents.set(field, toDocument(stage).append(ASKED, RecordChecks.stored(asked)));
    if (stage.state().hasResult()) {
      update(id, update);
      return true;
    }
    return inOrder(
            field + "." + ASKED,
            asked,
            order -> {
              Document from = Documents.byId(id);
              from.putAll(order);
              return documents.update(from, update);
            })
        || get(id).stages().contains(stage);
  }

  /** Completes the experiment. The first result stays; another one is {@code DIFFERENT}. */
  public Recorded complete(String id, String digest, String result) {
    Document fields =
        new Document("state", ExperimentState.COMPLETED.name())
            .append("reason", null)
            .append("digest", digest)
            .append("result", result)
            .append("ended", RecordChecks.stored(clock.instant()));
    if (documents.update(Documents.byId(id).append("digest", null), new Document("$set", fields))) {
      return Recorded.NEW;
    }
    return digest.equals(get(id).digest()) ? Recorded.SAME : Recorded.DIFFERENT;
  }

  /**
   * Notes that an artifact is one of the experiment's results: the first one under a name stays.
   *
   * @param name a word, such as {@code weights}
   */
  public Recorded keep(String id, String name, String sha) {
    RecordChecks.name("an artifact's name", name);
    String field = "artifacts." + name;
    if (documents.update(Documents.byId(id).append(field, null), Documents.set(field, sha))) {
      return Recorded.NEW;
    }
    return sha.equals(kept(id).get(name)) ? Recorded.SAME : Recorded.DIFFERENT;
  }

  /** The SHA-256 of the artifacts that are the experiment's results, by name. */
  public Map<String, String> kept(String id) {
    Document stored = documents.find(id).orElseThrow(() -> unknown(id));
    Map<String, String> kept = new TreeMap<>();
    new Fields(stored).nested("artifacts").forEach((name, sha) -> kept.put(name, (String) sha));
    return kept;
  }

  /**
   * Notes that a person asked for a retry, and that the experiment is wanted to run.
   *
   * @param stage the name of the stage, empty for the one that failed
   */
  public Retry requestRetry(String id, String stage) {
    Document update =
        new Document("$inc", new Document("retries", 1).append("wishes", 1L))
            .append(
                "$set",
                new Document("retryStage", stage)
                    .append("desired", ExperimentState.RUNNING.name()));
    return documents
        .updateAndGet(Documents.byId(id), update)
        .map(Experiments::retryOf)
        .orElseThrow(() -> unknown(id));
  }

  /** The latest retry asked for. */
  public Retry latestRetry(String id) {
    return documents.find(id).map(Experiments::retryOf).orElseThrow(() -> unknown(id));
  }

  private static Retry retryOf(Document document) {
    Fields fields = new Fields(document);
    return new Retry(fields.count("retries"), fields.text("retryStage"));
  }

  private Recorded setOnce(String id, String field, String value) {
    if (documents.update(Documents.byId(id).append(field, null), Documents.set(field, value))) {
      return Recorded.NEW;
    }
    Document stored = documents.find(id).orElseThrow(() -> unknown(id));
    return value.equals(stored.getString(field)) ? Recorded.SAME : Recorded.DIFFERENT;
  }

  private ExperimentDocument get(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  private void update(String id, Document update) {
    if (!documents.update(Documents.byId(id), update)) {
      throw unknown(id);
    }
  }

  private static InvalidInput unknown(String id) {
    return new InvalidInput("there is no experiment \"%s\". Run: espalier list".formatted(id));
  }

  private static List<ExperimentSummary> summaries(List<Document> found) {
    return found.stream()
        .filter(document -> !Documents.isDamaged(document))
        .map(Experiments::summaryOrWhatIsLeft)
        .sorted(
            Comparator.comparing(ExperimentSummary::created)
                .thenComparing(ExperimentSummary::id)
                .reversed())
        .toList();
  }

  private static Document toDocument(ExperimentDocument experiment) {
    Document stages = new Document();
    experiment.stages().forEach(stage -> stages.append(stage.name(), toDocument(stage)));
    Document specification = parse(experiment.specification());
    Object seed = specification.get("seed");
    return new Document("_id", experiment.id())
        .append("specification", experiment.specification())
        .append("method", String.valueOf(specification.getOrDefault("method", "")))
        .append("space", String.valueOf(specification.getOrDefault("space", "")))
        .append("data", String.valueOf(specification.getOrDefault("data", "")))
        .append("preset", String.valueOf(specification.getOrDefault("preset", "")))
        .append("seed", seed instanceof Number number ? number.longValue() : 0L)
        .append("state", experiment.state().name())
        .append("desired", experiment.desired().name())
        .append("reason", experiment.reason())
        .append("numericClass", experiment.numericClass())
        .append("dataDigest", experiment.dataDigest())
        .append("digest", experiment.digest())
        .append("result", experiment.result())
        .append("salt", experiment.salt())
        .append("created", experiment.created())
        .append("started", experiment.started())
        .append("ended", experiment.ended())
        .append("stages", stages)
        .append("launchedBy", experiment.launchedBy())
        .append("version", experiment.version())
        .append("retries", experiment.retries())
        .append("retryStage", "")
        .append("origin", toDocument(experiment.origin()));
  }

  private static @Nullable Document toDocument(@Nullable ExperimentOrigin origin) {
    return origin == null
        ? null
        : new Document("verb", origin.verb())
            .append("experiment", origin.experiment())
            .append("from", origin.from())
            .append("salts", Fields.named(new TreeMap<>(origin.salts())));
  }

  private static @Nullable ExperimentOrigin origin(Fields experiment) {
    Document stored = experiment.nested("origin");
    if (stored.isEmpty()) {
      return null;
    }
    Fields fields = new Fields(stored);
    return new ExperimentOrigin(
        fields.text("verb"),
        fields.text("experiment"),
        fields.text("from"),
        fields.textsByName("salts"));
  }

  private static Document parse(String specification) {
    try {
      return Document.parse(specification);
    } catch (JsonParseException malformed) {
      throw new InvalidInput(
          "the specification is not a JSON object: " + malformed.getMessage(), malformed);
    }
  }

  private static Document toDocument(ExperimentStage stage) {
    return new Document("kind", stage.kind())
        .append("key", stage.key())
        .append("state", stage.state().name())
        .append("reason", stage.reason());
  }

  private static ExperimentDocument fromDocument(Document document) {
    Fields fields = new Fields(document);
    return new ExperimentDocument(
        fields.id(),
        fields.text("specification"),
        fields.constant("state", ExperimentState.class),
        fields.constant("desired", ExperimentState.class),
        fields.textOrNull("reason"),
        fields.textOrNull("numericClass"),
        fields.textOrNull("dataDigest"),
        fields.textOrNull("digest"),
        fields.textOrNull("result"),
        fields.text("salt"),
        fields.instant("created"),
        fields.instantOrNull("started"),
        fields.instantOrNull("ended"),
        stages(fields),
        fields.text("launchedBy"),
        fields.text("version"),
        fields.count("retries"),
        origin(fields));
  }

  /** One that cannot be read harms only itself: it is shown with the reason. */
  private static ExperimentSummary summaryOrWhatIsLeft(Document document) {
    try {
      return summary(document);
    } catch (ClassCastException | IllegalArgumentException | ArithmeticException unreadable) {
      return ExperimentSummary.unreadable(
          String.valueOf(document.get("_id")), String.valueOf(unreadable.getMessage()));
    }
  }

  private static ExperimentSummary summary(Document document) {
    Fields fields = new Fields(document);
    return new ExperimentSummary(
        fields.id(),
        fields.text("method"),
        fields.text("space"),
        fields.text("data"),
        fields.text("preset"),
        fields.whole("seed"),
        fields.constant("state", ExperimentState.class),
        fields.constant("desired", ExperimentState.class),
        fields.textOrNull("reason"),
        fields.textOrNull("digest"),
        fields.instant("created"),
        fields.instantOrNull("started"),
        fields.instantOrNull("ended"),
        stages(fields),
        fields.text("launchedBy"),
        fields.count("retries"),
        labels(document));
  }

  private static List<ExperimentStage> stages(Fields experiment) {
    Document stored = experiment.nested("stages");
    List<ExperimentStage> stages = new ArrayList<>();
    for (String name : stored.keySet()) {
      Fields stage = new Fields(stored.get(name, Document.class));
      stages.add(
          new ExperimentStage(
              name,
              stage.text("kind"),
              stage.text("key"),
              stage.constant("state", StageState.class),
              stage.textOrNull("reason")));
    }
    return stages;
  }
}
