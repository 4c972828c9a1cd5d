package dev.espalier.search.settings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A training program of one's own, which evaluates in the place of the built-in training
 * (docs/own-training.md). Its settings stand among those of the evaluation; where none is asked for
 * nothing is written, so that keys and digests from before stay.
 *
 * @param command the program and its arguments, with placeholders; empty where none is asked for
 * @param program the folder that the program lies in; since the launch the SHA-256 of what was
 *     taken of it, an artifact
 * @param files of that folder which belong to the program, as glob patterns; all where none is said
 * @param environment variables as {@code NAME=value}, sorted
 * @param version what the interpreter said of itself at the launch
 * @param metrics what accuracies are told as: {@code ratio} or {@code percent}
 * @param timeoutMinutes until the next epoch is told, at most; 0 for a day
 * @param memoryMegabytes of each of its processes, at most; 0 for no limit
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OwnProgram(
    List<String> command,
    String program,
    List<String> files,
    List<String> environment,
    String version,
    String metrics,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int timeoutMinutes,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int memoryMegabytes) {
  public static final String RATIO = "ratio";
  public static final String PERCENT = "percent";

  /** The built-in training. */
  public static final OwnProgram NONE =
      new OwnProgram(List.of(), "", List.of(), List.of(), "", "", 0, 0);

  /** Settings that bound a run and change no number: an evaluation's id does without them. */
  public static final List<String> BOUNDS = List.of("timeoutMinutes", "memoryMegabytes", "files");

  public OwnProgram {
    command = copy(command);
    program = text(program);
    files = copy(files);
    environment = List.copyOf(new TreeSet<>(copy(environment)));
    version = text(version);
    metrics = text(metrics);
    Require.notNegative("timeoutMinutes", timeoutMinutes);
    Require.notNegative("memoryMegabytes", memoryMegabytes);
  }

  private static List<String> copy(@Nullable List<String> given) {
    return given == null ? List.of() : List.copyOf(given);
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  /** Whether there is one. */
  @JsonIgnore
  public boolean isAsked() {
    return !command.isEmpty();
  }

  /** An accuracy as it is told at its best: 1 or 100. */
  public double scale() {
    return metrics.equals(PERCENT) ? 100 : 1;
  }
}
