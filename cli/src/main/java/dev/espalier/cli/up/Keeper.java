package dev.espalier.cli.up;

import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one part running: starts it, waits until it answers, and starts it again whenever it ends
 * or answers no more.
 */
final class Keeper {
  /**
   * A first start that fails this often in a row is given up with the reason; later the keeper
   * never gives up.
   */
  private static final int FIRST_STARTS = 3;

  /** A part's exit status where no second try helps: its log's last words say why. */
  static final int REFUSED = 3;

  /** How a line of a log begins that says why a part ended. */
  static final String REASON = "espalier: ";

  private static final long LARGEST_LOG = 16L << 20;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration QUICK = Duration.ofSeconds(2);

  private final Part part;
  private final Path folder;
  private final Path log;
  private final Backoff backoff;
  private final FrozenPart silence;
  private final Recorder recorder;
  private final Consumer<String> say;
  private final CompletableFuture<Optional<RuntimeException>> firstStart =
      new CompletableFuture<>();
  private final Thread thread;
  private int exitStatus;
  private volatile boolean stopping;
  private volatile @Nullable String outdated;
  private volatile @Nullable Process process;

  /** Writes down who runs, before it runs. */
  @FunctionalInterface
  interface Recorder {
    void record(Part.Launch launch, ProcessIdentity identity) throws IOException;
  }

  /**
   * @param folder in which the part works: its home's
   */
  Keeper(
      Part part,
      Path folder,
      Path log,
      Backoff backoff,
      FrozenPart silence,
      Recorder recorder,
      Consumer<String> say) {
    this.part = part;
    this.folder = folder;
    this.log = log;
    this.backoff = backoff;
    this.silence = silence;
    this.recorder = recorder;
    this.say = say;
    this.thread = Thread.ofPlatform().name("keep-" + part.name()).daemon().unstarted(this::keep);
  }

  String name() {
    return part.name();
  }

  void start() {
    thread.start();
  }

  /**
   * Returns when the part answers.
   *
   * @throws PartFailed with the reason, in words, if it does not come up
   * @throws InvalidInput if it refuses what was asked for
   */
  void awaitFirstAnswer() throws InterruptedException {
    try {
      Optional<RuntimeException> problem = firstStart.get();
      if (problem.isPresent()) {
        throw problem.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // never completed with an exception
    }
  }

  boolean isRunning() {
    Process current = process;
    return current != null && current.isAlive();
  }

  private void keep() {
    Duration pause = Duration.ZERO;
    int starts = 0;
    try {
      while (!stopping) {
        long began = System.nanoTime();
        starts++;
        String ended = runOnce();
        if (stopping) {
          return;
        }
        Duration ran = Duration.ofNanos(System.nanoTime() - began);
        if (outdated != null) {
          starts--; // no failure of its own
          say.accept("%s is started again, since %s".formatted(part.name(), outdated));
          continue;
        }
        if (exitStatus == REFUSED && firstStart.complete(Optional.of(refusal()))) {
          return;
        }
        if (!firstStart.isDone() && starts >= FIRST_STARTS) {
          firstStart.complete(
              Optional.of(
                  new PartFailed("%s does not start: %s%s".formatted(part.name(), ended, tail()))));
          return;
        }
        pause = backoff.after(pause, ran);
        say.accept(
            "%s %s after %s; starting it again%s"
                .formatted(
                    part.name(),
                    ended,
                    seconds(ran),
                    pause.compareTo(Duration.ofSeconds(2)) < 0 ? "" : " in " + seconds(pause)));
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // asked to stop
    } finally {
      firstStart.complete(
          Optional.of(new PartFailed(part.name() + " was stopped before it was ready")));
    }
  }

  /**
   * Ends the part, so that it is started again: with what it was told it cannot go on.
   *
   * @param reason what has changed, in words
   */
  void startAgain(String reason) {
    Process current;
    synchronized (this) {
      outdated = reason;
      current = process;
    }
    if (current != null) {
      current.destroy();
    }
  }

  /** One life of the part, from start to end; answers how it ended. */
  private String runOnce() throws InterruptedException {
    outdated = null;
    Process started;
    Part.Launch launch;
    try {
      launch = part.start().next();
      rotateLog();
      started = DetachedProcess.prepare(launch.command(), launch.environment(), folder, log);
    } catch (IOException | InvalidInput e) {
      return "cannot be started (" + e.getMessage() + ")";
    }
    synchronized (this) {
      process = started;
    }
    try {
      ProcessIdentity identity = ProcessIdentity.of(started.toHandle()).orElse(null);
      if (identity == null) {
        return "ended at once " + how(started.waitFor());
      }
      recorder.record(launch, identity);
      if (stopping || outdated != null) {
        started.destroy();
        return "was stopped";
      }
      DetachedProcess.release(started);
    } catch (IOException e) {
      started.destroyForcibly();
      started.waitFor();
      return "was not started, since its process id cannot be written down ("
          + e.getMessage()
          + ")";
    }
    if (awaitReady(started, launch.readiness())) {
      boolean first = firstStart.complete(Optional.empty()); // the supervisor tells of that one
      if (!first && !stopping) {
        say.accept(part.name() + " is back");
      }
      Optional<String> ailment = awaitAilment(started, launch.readiness());
      if (ailment.isPresent()) {
        started.destroyForcibly();
        started.waitFor();
        return ailment.get() + ", and was killed";
      }
    } else if (started.isAlive() && outdated != null) {
      endInTime(started);
    } else if (started.isAlive() && !stopping) {
      started.destroyForcibly();
      started.waitFor();
      return "did not answer within %s and was ended".formatted(seconds(part.startPatience()));
    }
    exitStatus = started.waitFor();
    return "ended " + how(exitStatus);
  }

  /** Asks it again and again: why it cannot go on, in words; empty when it has ended. */
  private Optional<String> awaitAilment(Process started, Readiness readiness)
      throws InterruptedException {
    int missed = 0;
    while (!started.waitFor(silence.pause().toMillis(), TimeUnit.MILLISECONDS)) {
      if (outdated != null) {
        endInTime(started);
        return Optional.empty();
      }
      Readiness.Answer answer =
          stopping ? Readiness.Answer.PRESENT : readiness.ask(started.pid(), silence.patience());
      if (answer == Readiness.Answer.BROKEN) {
        return Optional.of("cannot do its work any more");
      }
      missed = answer == Readiness.Answer.NONE ? missed + 1 : 0;
      if (missed >= silence.misses() && started.isAlive()) {
        return Optional.of(
            "has not answered %d times, %s each (is it frozen?)"
                .formatted(missed, seconds(silence.patience())));
      }
    }
    return Optional.empty();
  }

  /** It was asked to end: it is killed if it does not. */
  private void endInTime(Process asked) throws InterruptedException {
    if (!asked.waitFor(part.stopPatience().toMillis(), TimeUnit.MILLISECONDS)) {
      asked.destroyForcibly();
      asked.waitFor();
    }
  }

  private boolean awaitReady(Process started, Readiness readiness) throws InterruptedException {
    long deadline = System.nanoTime() + part.startPatience().toNanos();
    while (started.isAlive() && outdated == null && System.nanoTime() < deadline) {
      if (readiness.ask(started.pid(), QUICK) == Readiness.Answer.READY) {
        return true;
      }
      if (started.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  /** Asks the part to end, waits, and kills it if it does not. */
  void stop() {
    Process current;
    synchronized (this) {
      stopping = true;
      current = process;
    }
    thread.interrupt();
    if (current == null) {
      return;
    }
    try {
      current.destroy();
      if (!current.waitFor(part.stopPatience().toMillis(), TimeUnit.MILLISECONDS)) {
        say.accept(
            "%s did not end within %s: killing it"
                .formatted(part.name(), seconds(part.stopPatience())));
        current.destroyForcibly();
        current.waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      current.destroyForcibly();
    }
  }

  private static String how(int exit) {
    return switch (exit) {
      case 128 + 9 -> "(killed by SIGKILL)";
      case 128 + 15 -> "(ended by SIGTERM)";
      case 128 + 6 -> "(aborted: SIGABRT)";
      case 128 + 11 -> "(crashed: SIGSEGV)";
      default ->
          exit > 128 ? "(by signal %d)".formatted(exit - 128) : "(exit status %d)".formatted(exit);
    };
  }

  private static String seconds(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    return seconds < 10 ? "%.1f s".formatted(seconds) : "%,.0f s".formatted(seconds);
  }

  private void rotateLog() throws IOException {
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private InvalidInput refusal() {
    String reason =
        lastLines().stream()
            .filter(line -> line.startsWith(REASON))
            .reduce((_, last) -> last)
            .map(line -> line.substring(REASON.length()))
            .orElse("%s refuses to start. Its log is %s".formatted(part.name(), log));
    return new InvalidInput(reason);
  }

  /** The log's last lines, which mostly hold the reason. */
  private String tail() {
    List<String> lines = lastLines();
    return lines.isEmpty()
        ? ". Its log is " + log
        : ". Its log (%s) ends with:%n  %s"
            .formatted(
                log,
                String.join(
                    "%n  ".formatted(),
                    lines.subList(Math.max(0, lines.size() - 6), lines.size())));
  }

  private List<String> lastLines() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(4096, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      return new String(end, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .filter(line -> !line.strip().startsWith("at "))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
