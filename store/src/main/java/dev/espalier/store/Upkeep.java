package dev.espalier.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.bson.Document;

/**
 * Finds out what takes how much, and deletes experiments with all that is theirs alone. What others
 * have too stays: stages, evaluations, artifacts; and so do data sets and models.
 */
public final class Upkeep {
  /*
   * Nothing is locked. Who takes up something in the moment in which it is deleted finds it missing
   * later, and makes it again, as after a store that was put back to an earlier moment: with the
   * same bits. An artifact that is put between the reading and the deletion is touched, and stays.
   */
  private final Census.Collections collections;
  private final Deletions deletions;
  private final Stages stages;
  private final Measurements measurements;
  private final Evaluations evaluations;
  private final Artifacts artifacts;
  private final Units units;
  private final Events events;
  private final Archiving archiving;
  private final BinaryOperator<String> salted;

  Upkeep(
      Census.Collections collections,
      Deletions deletions,
      Store store,
      BinaryOperator<String> salted) {
    this.collections = collections;
    this.deletions = deletions;
    this.stages = store.stages();
    this.measurements = store.measurements();
    this.evaluations = store.evaluations();
    this.artifacts = store.artifacts();
    this.units = store.units();
    this.events = store.events();
    this.archiving = store.archiving();
    this.salted = salted;
  }

  /**
   * What a deletion would do.
   *
   * @param frees what is the experiment's alone
   * @param stays what others have too
   * @param bytesFreed of the artifacts among it
   * @param bytesStaying of the artifacts among it
   * @param sharers the ids of those that have some of it, in order
   */
  public record Preview(
      Reach frees, Reach stays, long bytesFreed, long bytesStaying, List<String> sharers) {
    public Preview {
      sharers = List.copyOf(sharers);
    }
  }

  /** What the deletion of an experiment would do: reads all but the bytes of artifacts. */
  public Preview preview(String experimentId) {
    Census census = census();
    Reach all = census.of(experimentId);
    Reach own = all.without(census.ofOthers(experimentId));
    Reach stays = all.without(own);
    return new Preview(
        own,
        stays,
        census.bytes(own.artifacts()),
        census.bytes(stays.artifacts()),
        census.experiments().keySet().stream()
            .filter(id -> !id.equals(experimentId) && meet(census.of(id), all))
            .sorted()
            .toList());
  }

  private static boolean meet(Reach one, Reach other) {
    return one.stages().stream().anyMatch(other.stages()::contains)
        || one.evaluations().stream().anyMatch(other.evaluations()::contains)
        || one.artifacts().stream().anyMatch(other.artifacts()::contains);
  }

  /**
   * Deletes an experiment that is over. From the first moment on it is not there any more; what
   * only it had goes after it.
   *
   * @param by who asks, in words
   * @return empty if there is none, or it is not over
   */
  public Optional<Deletion> delete(String experimentId, String by) {
    Optional<Deletions.Noted> noted = deletions.begin(experimentId, by);
    noted.ifPresent(this::remove);
    return noted.flatMap(_ -> deletions.of(experimentId));
  }

  /** Goes on with what was begun; answers with all that others are still to be told of. */
  public List<Deletion> goOn() {
    List<Deletion> pending = new ArrayList<>();
    for (Deletions.Noted noted : deletions.pending()) {
      if (!noted.removed()) {
        remove(noted);
      }
      pending.add(noted.deletion());
    }
    return pending;
  }

  /** Notes that others know of it too, and nothing is left of it. */
  public void done(Deletion deletion) {
    deletions.done(deletion.id());
  }

  /** The newest deletion of an experiment of that id. */
  public Optional<Deletion> deletionOf(String experimentId) {
    return deletions.of(experimentId);
  }

  /** All deletions, the newest first. */
  public List<Deletion> deletions() {
    return deletions.list();
  }

  private void remove(Deletions.Noted noted) {
    String id = noted.deletion().experiment();
    Census census = census();
    boolean isAnother = census.experiments().containsKey(id); // launched under the same key since
    Reach own = census.of(isAnother ? "" : id, noted.holding()).without(census.ofOthers(""));
    int blobs = 0;
    long bytes = 0;
    for (String sha : own.artifacts()) {
      Census.Blob blob = census.artifacts().get(sha);
      if (blob != null && artifacts.delete(sha, blob)) {
        blobs++;
        bytes += blob.bytes();
      }
    }
    for (String evaluation : own.evaluations()) {
      units.delete("train/" + evaluation);
      evaluations.delete(evaluation);
    }
    Set<String> taken = new HashSet<>();
    collections
        .experiments()
        .each(
            new Document("stages", 1), experiment -> taken.addAll(Holding.of(experiment).stages()));
    Set<String> keys = new TreeSet<>(own.stages());
    keys.removeAll(taken); // somebody has taken it up since
    for (String key : keys) {
      measurements.delete(key);
      units.deleteOf(key);
      stages.delete(key);
    }
    if (!isAnother) {
      archiving.forget(id);
      events.delete(id);
    }
    deletions.removed(
        noted, new Deletion.Freed(keys.size(), own.evaluations().size(), blobs, bytes));
  }

  /** What takes how much: reads all but the bytes of artifacts. */
  public Usage usage() {
    Census census = census();
    Map<String, Reach> reaches = new TreeMap<>();
    Map<String, Integer> holders = new HashMap<>();
    Set<String> imported = census.ofImported().artifacts();
    census
        .experiments()
        .keySet()
        .forEach(id -> {
          Reach reach = census.of(id);
          reaches.put(id, reach);
          reach.artifacts().forEach(sha -> holders.merge(sha, 1, Integer::sum));
        });
    long shared = 0;
    long unreferenced = 0;
    long total = 0;
    Map<String, Usage.OfKind> kinds = new TreeMap<>();
    for (Map.Entry<String, Census.Blob> each : census.artifacts().entrySet()) {
      Census.Blob blob = each.getValue();
      int count = holders.getOrDefault(each.getKey(), 0);
      boolean isImported = imported.contains(each.getKey());
      total += blob.bytes();
      shared += count > 1 && !isImported ? blob.bytes() : 0;
      unreferenced += count == 0 && !isImported ? blob.bytes() : 0;
      kinds.merge(
          blob.kind(),
          new Usage.OfKind(blob.kind(), 1, blob.bytes()),
          (one, other) ->
              new Usage.OfKind(
                  one.kind(), one.artifacts() + other.artifacts(), one.bytes() + other.bytes()));
    }
    List<Usage.OfExperiment> experiments = new ArrayList<>();
    reaches.forEach(
        (id, reach) -> experiments.add(ofExperiment(id, reach, census, holders, imported)));
    experiments.sort(Comparator.comparingLong(Usage.OfExperiment::own).reversed());
    return new Usage(
        total,
        census.bytes(imported),
        shared,
        unreferenced,
        kinds.values().stream()
            .sorted(Comparator.comparingLong(Usage.OfKind::bytes).reversed())
            .toList(),
        experiments);
  }

  private static Usage.OfExperiment ofExperiment(
      String id, Reach reach, Census census, Map<String, Integer> holders, Set<String> imported) {
    long own = 0;
    long shared = 0;
    Map<String, Long> kinds = new TreeMap<>();
    for (String sha : reach.artifacts()) {
      Census.Blob blob = census.artifacts().get(sha);
      if (blob != null && !imported.contains(sha)) {
        boolean alone = holders.getOrDefault(sha, 0) == 1;
        own += alone ? blob.bytes() : 0;
        shared += alone ? 0 : blob.bytes();
        if (alone) {
          kinds.merge(blob.kind(), blob.bytes(), Long::sum);
        }
      }
    }
    return new Usage.OfExperiment(id, own, shared, kinds);
  }

  private Census census() {
    return Census.of(collections, salted);
  }
}
