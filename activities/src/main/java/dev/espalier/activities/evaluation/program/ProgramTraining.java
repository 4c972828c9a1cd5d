package dev.espalier.activities.evaluation.program;

import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.activities.unit.Stopped;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.store.Store;
import dev.espalier.store.program.CommandPolicy;
import dev.espalier.store.program.FolderArchive;
import dev.espalier.store.program.ProgramRun;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.Trainings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A training by a program of people's own: started in a fresh folder from its newest checkpoint,
 * followed line by line, its checkpoint folder kept after each epoch that it tells, and started
 * again when it is killed.
 */
public final class ProgramTraining {
  /** Half of what a worker's memory is made for. */
  private static final long MOST_CHECKPOINT_BYTES = 512L << 20;

  /** Kills in a row, without an epoch between, after which they are its own fault. */
  private static final int MOST_KILLS = 20;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final int POLL_MILLIS = 100;
  private static final int USUAL_TIMEOUT_MINUTES = 24 * 60;
  private static final int COPIES = 5;
  private static final byte[] NOTHING = {};

  private final Store store;
  private final LoadedDatasets datasets;
  private final TrainArchitecture request;
  private final OwnProgram program;
  private final int epochs;
  private final Attempt attempt;
  private final Checkpoints checkpoints;
  private final Told told;
  private @Nullable MetricLine last;
  private @Nullable String newest;

  /** Who hears of an epoch. */
  public interface Told {
    /**
     * @param epoch from 1
     * @param validation ratio
     * @param loss null where it was not told
     */
    void epoch(int epoch, double validation, @Nullable Double loss);

    /** People should know. */
    void event(String key, String words);
  }

  /**
   * What a program came to.
   *
   * @param validation ratio
   * @param test ratio; null where it was not told
   * @param loss null where it was not told
   */
  public record Outcome(double validation, @Nullable Double test, @Nullable Double loss) {}

  /**
   * @param epochs how far it is to go
   */
  public ProgramTraining(
      Store store,
      LoadedDatasets datasets,
      TrainArchitecture request,
      int epochs,
      Attempt attempt,
      Checkpoints checkpoints,
      Told told) {
    this.store = store;
    this.datasets = datasets;
    this.request = request;
    this.program = Objects.requireNonNull(request.recipe()).own();
    this.epochs = epochs;
    this.attempt = attempt;
    this.checkpoints = checkpoints;
    this.told = told;
  }

  /**
   * Runs it to its end.
   *
   * @param checkpoint where to go on from, as it was kept; null to begin
   * @throws InvalidInput if it ends with a status other than 0, or tells what it should not
   * @throws dev.espalier.search.failure.Diverged if it tells that it did
   * @throws ProgramKilled if signals end it again and again, or its time or memory is used up
   * @throws Lost if this worker cannot run it
   */
  public Outcome run(byte @Nullable [] checkpoint) {
    if (!CommandPolicy.workerRuns()) {
      throw new Lost("this worker runs no commands (--no-commands): it waits for one that does");
    }
    ProgramCommand.requireHere(program);
    byte[] from = checkpoint;
    int kills = 0;
    while (true) {
      int before = last == null ? 0 : last.epoch();
      Ending ending = once(from);
      if (ending.signal() == 0) {
        return result(ending);
      }
      kills = last != null && last.epoch() > before ? 1 : kills + 1;
      if (kills > MOST_KILLS || ending.isItsOwnFault()) {
        throw new ProgramKilled(
            "evaluation.command was %s. %s".formatted(ending.words(), ending.tail()));
      }
      told.event(
          "program/%s/%d/%d"
              .formatted(request.evaluationId(), last == null ? 0 : last.epoch(), kills),
          "The program that trains %s was %s: it goes on after epoch %d"
              .formatted(request.architecture(), ending.words(), last == null ? 0 : last.epoch()));
      from = newest == null ? checkpoint : store.artifacts().get(newest);
      pause(kills);
    }
  }

  /** Longer each time; the first comes at once. */
  private void pause(int kills) {
    Duration wait = Duration.ofSeconds(1L << Math.min(kills - 1, 10)).minusSeconds(1);
    long end =
        System.nanoTime() + (wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT).toNanos();
    do {
      attempt.orStop();
      try {
        Thread.sleep(Math.min(POLL_MILLIS, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the worker drains: the attempt says so
      }
    } while (System.nanoTime() < end);
  }

  private Ending once(byte @Nullable [] from) {
    try (Scratch scratch = Scratch.open(datasets.folder().resolve("programs"))) {
      Path code = Files.createDirectory(scratch.folder().resolve("program"));
      Path state = Files.createDirectory(scratch.folder().resolve("checkpoint"));
      if (!program.program().isEmpty()) {
        FolderArchive.unpack(store.artifacts().get(program.program()), code);
      }
      if (from != null) {
        FolderArchive.unpack(from, state);
      }
      ProgramCommand command =
          ProgramCommand.of(request, program, epochs, scratch.folder(), this::dataFolder);
      ProgramLog errors = new ProgramLog();
      Ending ending;
      try (ProgramProcess process =
          ProgramProcess.start(
              command.words(), command.environment(), code, program.memoryMegabytes(), errors)) {
        ending = followed(process, state, errors);
      } catch (RuntimeException e) {
        keep(errors, e instanceof Stopped ? "stopped" : "failed: " + e.getMessage(), -1);
        throw e;
      }
      keep(errors, ending.words(), ending.exit());
      return ending.with(errors.tail());
    } catch (IOException e) {
      throw new UncheckedIOException("the folder that the program works in", e);
    }
  }

  private Path dataFolder() {
    TrainingBasics basics = Objects.requireNonNull(request.recipe()).basics();
    try {
      return ProgramData.folder(
          datasets.folder().resolve("programs"),
          datasets.load(request.dataDigest()),
          basics,
          Objects.requireNonNull(request.seed()));
    } catch (IOException e) {
      throw new UncheckedIOException("the images for the program", e);
    }
  }

  private void keep(ProgramLog errors, String ended, int exit) {
    Map<String, String> of = Map.of("architecture", request.architecture());
    boolean whole =
        exit == 0 && newest != null && epochs == Objects.requireNonNull(request.recipe()).epochs();
    new ProgramRun(
            request.evaluationId(),
            request.architecture(),
            ended,
            exit,
            last == null ? 0 : last.epoch(),
            store.artifacts().put(errors.bytes(), "program-log", of),
            errors.tail(),
            whole ? kept(Objects.requireNonNull(newest), of) : null,
            ProgramRun.now())
        .keep(store, request.ref().stageKey());
  }

  /** Its last checkpoint folder, in which its weights are, as an artifact that stays. */
  private String kept(String checkpoint, Map<String, String> of) {
    byte[] folder =
        FolderArchive.withComment(
            store.artifacts().get(checkpoint), "the last one of " + request.evaluationId());
    return store.artifacts().put(folder, "program-checkpoint", of);
  }

  /** Until it ends, and all that it told is heard. */
  private Ending followed(ProgramProcess process, Path state, ProgramLog errors)
      throws IOException {
    int minutes = program.timeoutMinutes() == 0 ? USUAL_TIMEOUT_MINUTES : program.timeoutMinutes();
    long limit = Duration.ofMinutes(minutes).toNanos();
    long since = System.nanoTime();
    while (true) {
      boolean ended = process.hasEnded();
      if (ended) {
        process.endGroup(); // no one of it writes any more
      }
      boolean silent = ended && process.isSilent();
      String line = next(process, silent ? 0 : POLL_MILLIS);
      if (line != null) {
        if (heard(line, state, errors)) {
          since = System.nanoTime();
        }
      } else if (silent) {
        return new Ending(process.exit(), "");
      }
      attempt.orStop();
      if (System.nanoTime() - since > limit) {
        throw new ProgramKilled(
            "evaluation.command told no epoch for %d minutes (evaluation.timeoutMinutes) and was ended. %s"
                .formatted(minutes, errors.tail()));
      }
    }
  }

  private static @Nullable String next(ProgramProcess process, long milliseconds) {
    try {
      return process.line(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the worker drains: the attempt says so
      return null;
    }
  }

  /** Whether it was an epoch. */
  private boolean heard(String line, Path state, ProgramLog errors) throws IOException {
    MetricLine metric = MetricLine.read(line, program, epochs).orElse(null);
    if (metric == null) {
      errors.output(line);
      return false;
    }
    if (last != null && metric.epoch() < last.epoch()) {
      errors.output("[an epoch before the last one] " + line);
      return true; // it begins again, and does not go on from what it was given
    }
    last = metric;
    byte[] whole = copy(state);
    checkpoints.keep(whole, metric.epoch(), 0);
    newest = Digest.sha256(whole);
    told.epoch(metric.epoch(), metric.validation(), metric.loss());
    return true;
  }

  /** The folder as it is; copied again where it changed meanwhile. */
  private static byte[] copy(Path state) throws IOException {
    byte[] before = NOTHING;
    for (int i = 0; i < COPIES; i++) {
      try {
        SortedMap<String, Path> files = FolderArchive.files(state);
        byte[] now = FolderArchive.pack(files, MOST_CHECKPOINT_BYTES);
        if (i > 0 && Arrays.equals(before, now)) {
          return now;
        }
        before = now;
      } catch (NoSuchFileException e) {
        before = NOTHING; // one was renamed just now
      } catch (InvalidInput e) {
        throw new InvalidInput(
            "evaluation.command: its checkpoint folder is too large (%s): keep less in it"
                .formatted(e.getMessage()),
            e);
      }
    }
    if (before.length == 0) {
      throw new IOException("the checkpoint folder of a program changes all the time: " + state);
    }
    return before;
  }

  private Outcome result(Ending ending) {
    if (ending.exit() != 0) {
      if (ending.isForWantOfMemory()) {
        throw new ProgramKilled(
            "evaluation.command ran out of memory (exit status %d)%s. %s"
                .formatted(
                    ending.exit(),
                    program.memoryMegabytes() == 0
                        ? ""
                        : ": evaluation.memoryMegabytes is " + program.memoryMegabytes(),
                    ending.tail()));
      }
      throw new InvalidInput(
          "evaluation.command ended with exit status %d: %s"
              .formatted(
                  ending.exit(),
                  ending.tail().isEmpty() ? "it said nothing on standard error" : ending.tail()));
    }
    MetricLine line = last;
    if (line == null || (line.epoch() < epochs && !line.last())) {
      throw new InvalidInput(
          ("evaluation.command ended after epoch %d of %d: tell every epoch as {\"epoch\": N, \"validation\": X} on "
                  + "standard output, or end earlier by a line with \"final\": true")
              .formatted(line == null ? 0 : line.epoch(), epochs));
    }
    if (line.test() == null && !request.role().equals(Trainings.SAMPLE)) {
      throw new InvalidInput(
          ("evaluation.command told no test accuracy with its last epoch, by which a winner is compared: "
                  + "add it, {\"epoch\": %d, \"validation\": X, \"test\": Y}")
              .formatted(line.epoch()));
    }
    return new Outcome(line.validation(), line.test(), line.loss());
  }

  /**
   * How the process ended.
   *
   * @param tail of its standard error
   */
  private record Ending(int exit, String tail) {
    private static final Map<Integer, String> SIGNALS =
        Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8,
            "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    private static final String NO_MEMORY =
        "MemoryError|[Oo]ut of memory|[Cc]annot allocate memory|can't allocate memory|bad_alloc";

    /** 0 where it ended by itself. */
    int signal() {
      return SIGNALS.containsKey(exit - 128) ? exit - 128 : 0;
    }

    /** Whether it was a signal that programs bring on themselves. */
    boolean isItsOwnFault() {
      return List.of(4, 6, 7, 8, 11).contains(signal());
    }

    boolean isForWantOfMemory() {
      return Pattern.compile(NO_MEMORY).matcher(tail).find();
    }

    String words() {
      return signal() > 0
          ? "killed (%s)".formatted(SIGNALS.get(signal()))
          : exit == 0 ? "completed" : "ended with exit status " + exit;
    }

    Ending with(String newTail) {
      return new Ending(exit, newTail);
    }
  }
}
