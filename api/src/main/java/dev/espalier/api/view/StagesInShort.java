package dev.espalier.api.view;

import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.StageName;
import dev.espalier.store.StageProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The stages of an experiment, those of each method that it begins with as one. */
public final class StagesInShort {
  private StagesInShort() {}

  /** In order; what is made first goes by the name of its method. */
  public static List<StageView> of(List<StageView> stages) {
    Map<String, List<StageView>> methods = new LinkedHashMap<>();
    List<StageView> own = new ArrayList<>();
    for (StageView stage : stages) {
      StageName name = StageName.of(stage.name());
      if (name.isOwn()) {
        own.add(stage);
      } else {
        methods.computeIfAbsent(name.method(), _ -> new ArrayList<>()).add(stage);
      }
    }
    return Stream.concat(
            methods.entrySet().stream().map(each -> together(each.getKey(), each.getValue())),
            own.stream())
        .toList();
  }

  private static StageView together(String method, List<StageView> stages) {
    StageView inHand = inHand(stages);
    StageState state = state(stages, inHand);
    return new StageView(
        method,
        inHand.kind(),
        "",
        state,
        inHand.reason(),
        stages.stream().mapToInt(StageView::attempts).sum(),
        stages.stream().mapToInt(StageView::recoveries).sum(),
        stages.stream().mapToDouble(StageView::seconds).sum(),
        state.hasResult() ? StageProgress.NONE : progress(inHand),
        stages.getFirst().started(),
        stages.getLast().ended(),
        Map.of());
  }

  /** The first that is not done, or the last. */
  private static StageView inHand(List<StageView> stages) {
    return stages.stream()
        .filter(stage -> !stage.state().hasResult())
        .findFirst()
        .orElse(stages.getLast());
  }

  /** Between two of its stages it runs. */
  private static StageState state(List<StageView> stages, StageView inHand) {
    if (inHand.state().hasResult()) {
      boolean reused =
          stages.stream().filter(StagesInShort::isShared).allMatch(StagesInShort::isReused);
      return reused ? StageState.REUSED : StageState.COMPLETED;
    }
    boolean begun = stages.getFirst().state() != StageState.PENDING;
    return inHand.state() == StageState.PENDING && begun ? StageState.RUNNING : inHand.state();
  }

  /** The first stage looks afresh in each experiment. */
  private static boolean isShared(StageView stage) {
    return !StageName.of(stage.name()).stage().equals("prepare-data");
  }

  private static boolean isReused(StageView stage) {
    return stage.state() == StageState.REUSED;
  }

  private static StageProgress progress(StageView inHand) {
    StageProgress progress = inHand.progress();
    String stage = StageName.of(inHand.name()).stage();
    String note = progress.note();
    return new StageProgress(
        progress.round(),
        progress.rounds(),
        progress.done(),
        progress.total(),
        progress.unit(),
        Objects.requireNonNullElse(note, "").isEmpty() ? stage : stage + ", " + note);
  }
}
