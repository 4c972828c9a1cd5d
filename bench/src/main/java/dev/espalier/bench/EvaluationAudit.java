package dev.espalier.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Measurement;
import dev.espalier.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Audits an experiment's evaluations from the store: how many were asked for, how many there are,
 * and whether one was computed to its end twice; and from the archived history, how busy the slots
 * were while trainings waited.
 *
 * <p>Arguments: the store's address, the experiment, slots.
 */
public final class EvaluationAudit {
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");

  private EvaluationAudit() {}

  public static void main(String[] arguments) {
    try (Store store = Store.connect(arguments[0])) {
      System.out.println(Json.write(audit(store, arguments[1], Integer.parseInt(arguments[2]))));
    }
  }

  private static Map<String, Object> audit(Store store, String experiment, int slots) {
    List<String> asked = new ArrayList<>();
    for (ExperimentStage stage : store.experiments().find(experiment).orElseThrow().stages()) {
      if (stage.key().isEmpty()) {
        continue; // it has not begun
      }
      for (Measurement round : store.measurements().list(stage.key(), "round")) {
        for (JsonNode training : Json.read(round.json(), JsonNode.class).path("trainings")) {
          asked.add(training.get("recordId").asText());
        }
      }
    }
    Set<String> distinct = new HashSet<>(asked);
    long recorded =
        distinct.stream().filter(id -> store.evaluations().find(id).isPresent()).count();
    List<Event> events = store.events().list(experiment);
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("asked", asked.size());
    found.put("distinct", distinct.size());
    found.put("lost", distinct.size() - recorded);
    found.put("completedTwice", count(events, "repeated"));
    found.put("nondeterminism", count(events, "nondeterminism"));
    found.put("recoveries", count(events, "recovered"));
    history(store, events, experiment + "/evaluate")
        .ifPresent(history -> found.put("slotsBusyWhileWorkWaits", busy(history, slots)));
    return found;
  }

  private static long count(List<Event> events, String kind) {
    return events.stream().filter(event -> event.kind().equals(kind)).count();
  }

  private static Optional<JsonNode> history(Store store, List<Event> events, String workflow) {
    return events.stream()
        .filter(event -> event.kind().equals("history") && event.text().contains(workflow))
        .map(event -> {
          Matcher sha = SHA.matcher(event.text());
          return sha.find() ? sha.group() : "";
        })
        .findFirst()
        .map(sha -> new String(store.artifacts().get(sha), StandardCharsets.UTF_8))
        .map(json -> Json.read(json, JsonNode.class));
  }

  /**
   * The share of the slots that trained, from the first start until the last training had begun. Of
   * a training that was lost only the last attempt is in the history.
   */
  private static double busy(JsonNode history, int slots) {
    Map<String, Instant> started = new HashMap<>();
    Map<String, Instant> ended = new HashMap<>();
    Set<String> trainings = new HashSet<>();
    for (JsonNode event : history.path("events")) {
      Instant time = Instant.parse(event.path("eventTime").asText());
      JsonNode scheduled = event.path("activityTaskScheduledEventAttributes");
      if (scheduled.at("/activityType/name").asText().equals("TrainArchitecture")) {
        trainings.add(event.path("eventId").asText());
      }
      JsonNode start = event.path("activityTaskStartedEventAttributes");
      if (trainings.contains(start.path("scheduledEventId").asText())) {
        started.put(start.path("scheduledEventId").asText(), time);
      }
      JsonNode end = event.path("activityTaskCompletedEventAttributes");
      if (trainings.contains(end.path("scheduledEventId").asText())) {
        ended.put(end.path("scheduledEventId").asText(), time);
      }
    }
    if (started.isEmpty()) {
      return 0;
    }
    Instant first = started.values().stream().min(Instant::compareTo).orElseThrow();
    Instant last = started.values().stream().max(Instant::compareTo).orElseThrow();
    double busy = 0;
    for (Map.Entry<String, Instant> each : started.entrySet()) {
      Instant end = ended.getOrDefault(each.getKey(), last);
      busy += seconds(each.getValue(), end.isAfter(last) ? last : end);
    }
    return busy / (slots * seconds(first, last));
  }

  private static double seconds(Instant from, Instant to) {
    return java.time.Duration.between(from, to).toNanos() / 1e9;
  }
}
