package dev.espalier.api.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to: {@code espalier replay --json}.
 *
 * @param histories by today's workflow code; empty where none is left
 * @param stages computed a second time, or why not
 * @param digest of the whole experiment, from what was computed a second time; null where not all
 *     of it was
 * @param recorded the experiment's digest; null while it has none
 */
public record ReplayReport(
    String experiment,
    List<OfHistory> histories,
    List<OfStage> stages,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String digest,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String recorded) {
  public ReplayReport {
    histories = List.copyOf(histories);
    stages = List.copyOf(stages);
  }

  /**
   * One run's history.
   *
   * @param workflow {@code experiment}, or the stage
   * @param run Temporal's id of it
   * @param difference where today's code goes another way; null where it does not
   */
  public record OfHistory(
      String workflow,
      String run,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String difference) {}

  /** What came of a stage. */
  public enum What {
    SAME,
    DIFFERENT,
    /** It was not computed a second time, or not to its end: the words say why. */
    NOT_COMPARED
  }

  /**
   * One stage.
   *
   * @param recorded SHA-256 of its recorded result
   * @param recomputed of the one that was computed now; null where there is none
   * @param words the first difference, or why nothing could be compared; empty where all is the
   *     same
   */
  public record OfStage(
      String stage,
      What what,
      String recorded,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String recomputed,
      String words) {}

  /** Whether nothing that was compared differs. */
  @JsonIgnore
  public boolean isSame() {
    return histories.stream().allMatch(each -> each.difference() == null)
        && stages.stream().noneMatch(each -> each.what() == What.DIFFERENT)
        && (digest == null || recorded == null || digest.equals(recorded));
  }

  private long count(What what) {
    return stages.stream().filter(each -> each.what() == what).count();
  }

  /** In a sentence, for the log and the page. */
  public String inWords() {
    List<String> parts = new ArrayList<>();
    long diverging = histories.stream().filter(each -> each.difference() != null).count();
    if (histories.isEmpty()) {
      parts.add("no history is left to replay");
    } else if (diverging == 0) {
      parts.add(
          "%d workflow histor%s taken the same way by today's code"
              .formatted(histories.size(), histories.size() == 1 ? "y is" : "ies are"));
    } else {
      parts.add(
          "today's code goes another way in %d of %d workflow histories"
              .formatted(diverging, histories.size()));
    }
    stages.stream()
        .filter(each -> each.what() == What.DIFFERENT)
        .findFirst()
        .ifPresent(first ->
            parts.add(
                "%d of %d stages came out differently, first %s (%s)"
                    .formatted(
                        count(What.DIFFERENT), stages.size(), first.stage(), first.words())));
    if (count(What.SAME) > 0) {
      parts.add(
          "%d of %d stages recomputed to the recorded bits"
              .formatted(count(What.SAME), stages.size()));
    }
    stages.stream()
        .filter(each -> each.what() == What.NOT_COMPARED)
        .findFirst()
        .ifPresent(first ->
            parts.add(
                "%d not compared (%s: %s)"
                    .formatted(count(What.NOT_COMPARED), first.stage(), first.words())));
    if (digest != null && digest.equals(recorded)) {
      parts.add("the same digest");
    }
    return String.join("; ", parts);
  }
}
