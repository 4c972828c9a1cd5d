package dev.espalier.store;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bson.Document;

/**
 * What names what in the store, read once. Whatever stands anywhere as the SHA-256 of an artifact
 * or as the id of an evaluation counts as naming it, so that nothing in use is taken for free.
 */
final class Census {
  private static final Pattern DIGEST = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

  /** An artifact without its bytes. */
  record Blob(String kind, long bytes, String put, Instant touched) {}

  private final Map<String, Holding> experiments = new HashMap<>();
  private final Map<String, Set<String>> byStage = new HashMap<>();
  private final Map<String, List<String>> byEvaluation = new HashMap<>();
  private final Map<String, Blob> artifacts = new HashMap<>();
  private final Map<String, Set<String>> histories = new HashMap<>();
  private final Set<String> imported = new HashSet<>();
  private final BinaryOperator<String> salted;

  /**
   * @param salted how a key is salted
   */
  private Census(BinaryOperator<String> salted) {
    this.salted = salted;
  }

  /** The collections that name things. */
  record Collections(
      Documents experiments,
      Documents stages,
      Documents measurements,
      Documents evaluations,
      Documents artifacts,
      Documents archiving,
      List<Documents> imported) {}

  static Census of(Collections from, BinaryOperator<String> salted) {
    Census census = new Census(salted);
    from.artifacts().each(new Document(), census::artifact); // first: see Upkeep
    from.evaluations().each(new Document("artifacts", 1), census::evaluation);
    from.imported().forEach(each -> each.each(new Document(), census::imported));
    from.measurements().each(new Document("stage", 1).append("value", 1), census::measurement);
    from.stages()
        .each(
            new Document("result", 1).append("specification", 1).append("inputs", 1),
            census::stage);
    from.archiving().each(new Document(), census::history);
    from.experiments()
        .each(
            new Document("stages", 1)
                .append("specification", 1)
                .append("result", 1)
                .append("artifacts", 1)
                .append("salt", 1)
                .append("origin", 1),
            document -> census.experiments.put(document.getString("_id"), Holding.of(document)));
    return census;
  }

  /** Every SHA-256 in a text. */
  static void digests(String text, Consumer<String> each) {
    DIGEST.matcher(text).results().map(MatchResult::group).forEach(each);
  }

  private void artifact(Document header) {
    Fields fields = new Fields(header);
    artifacts.put(
        fields.id(),
        new Blob(
            fields.text("kind"),
            fields.whole("bytes"),
            fields.text("put"),
            fields.instant("touched")));
  }

  private void evaluation(Document evaluation) {
    Fields fields = new Fields(evaluation);
    byEvaluation.put(fields.id(), fields.texts("artifacts"));
  }

  private void imported(Document document) {
    digests(document.toJson(), imported::add);
  }

  private void measurement(Document measurement) {
    Fields fields = new Fields(measurement);
    Set<String> named = byStage.computeIfAbsent(fields.text("stage"), _ -> new HashSet<>());
    digests(fields.id().substring(fields.text("stage").length()), named::add);
    digests(fields.text("value"), named::add);
  }

  private void stage(Document stage) {
    Fields fields = new Fields(stage);
    Set<String> named = byStage.computeIfAbsent(fields.id(), _ -> new HashSet<>());
    named.addAll(fields.texts("inputs"));
    digests(fields.text("specification"), named::add);
    digests(fields.text("result"), named::add);
  }

  private void history(Document archived) {
    Fields fields = new Fields(archived);
    Set<String> kept = histories.computeIfAbsent(fields.id(), _ -> new HashSet<>());
    fields.nested("kept").values().forEach(sha -> kept.add(String.valueOf(sha)));
  }

  Map<String, Holding> experiments() {
    return experiments;
  }

  Map<String, Blob> artifacts() {
    return artifacts;
  }

  /** What an experiment of the store has. */
  Reach of(String experimentId) {
    Holding holding = experiments.get(experimentId);
    return holding == null ? new Reach(Set.of(), Set.of(), Set.of()) : of(experimentId, holding);
  }

  /** What an experiment has that named these. */
  Reach of(String experimentId, Holding holding) {
    Walk walk = new Walk(holding.salts());
    walk.names(holding.digests());
    walk.names(histories.getOrDefault(experimentId, Set.of()));
    holding.stages().forEach(walk::stage);
    return walk.reach();
  }

  /** What data sets and models have: never anybody's to delete. */
  Reach ofImported() {
    Walk walk = new Walk(Set.of());
    walk.names(imported);
    return walk.reach();
  }

  /** What others than one experiment have, data sets and models among them. */
  Reach ofOthers(String experimentId) {
    Set<String> stages = new HashSet<>();
    Set<String> evaluations = new HashSet<>();
    Set<String> blobs = new HashSet<>();
    Consumer<Reach> add =
        reach -> {
          stages.addAll(reach.stages());
          evaluations.addAll(reach.evaluations());
          blobs.addAll(reach.artifacts());
        };
    add.accept(ofImported());
    for (String id : experiments.keySet()) {
      if (!id.equals(experimentId)) {
        add.accept(of(id));
      }
    }
    return new Reach(stages, evaluations, blobs);
  }

  long bytes(Collection<String> shas) {
    return shas.stream()
        .map(artifacts::get)
        .mapToLong(blob -> blob == null ? 0 : blob.bytes())
        .sum();
  }

  /** From what is named to what that names. */
  private final class Walk {
    private final Set<String> salts;
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> stages = new HashSet<>();
    private final Set<String> evaluations = new HashSet<>();
    private final Set<String> blobs = new HashSet<>();

    Walk(Set<String> salts) {
      this.salts = salts;
    }

    void names(Collection<String> digests) {
      for (String digest : digests) {
        add(digest);
        salts.forEach(salt -> add(salted.apply(digest, salt)));
      }
    }

    void stage(String key) {
      add(key);
    }

    private void add(String digest) {
      if (seen.add(digest)) {
        open.add(digest);
      }
    }

    Reach reach() {
      while (!open.isEmpty()) {
        String digest = open.remove();
        if (artifacts.containsKey(digest)) {
          blobs.add(digest);
        }
        List<String> trained = byEvaluation.get(digest);
        if (trained != null) {
          evaluations.add(digest);
          trained.forEach(this::add);
        }
        Set<String> named = byStage.get(digest);
        if (named != null) {
          stages.add(digest);
          names(named);
        }
      }
      return new Reach(stages, evaluations, blobs);
    }
  }
}
