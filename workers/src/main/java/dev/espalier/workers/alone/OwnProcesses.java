package dev.espalier.workers.alone;

import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Errand;
import dev.espalier.activities.unit.Failure;
import dev.espalier.activities.unit.Isolation;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.program.CommandPolicy;
import dev.espalier.workers.WorkerSettings;
import dev.espalier.workers.alone.MarkedLines.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs units of work in processes of their own: children of this one, with the same Java, class
 * path, flags and environment, and so with the same arithmetic. They need no queue and no
 * supervisor, and end with the worker.
 */
public final class OwnProcesses implements Isolation {
  private static final Logger log = LoggerFactory.getLogger(OwnProcesses.class);

  private static final Duration POLL = Duration.ofMillis(100);

  /** To load the engine and connect, on a machine that is busy. */
  private static final Duration START = Duration.ofMinutes(5);

  /** Like a worker's: to stop at a step boundary and write a checkpoint. */
  private static final Duration STOP = Duration.ofSeconds(15);

  private final WorkerSettings settings;
  private final String numericClass;
  private final String workerId;
  private final String registration;

  /**
   * @param numericClass the worker's arithmetic, which each process must have too
   * @param registration made in each process by its constructor without parameters
   */
  public OwnProcesses(
      WorkerSettings settings,
      String numericClass,
      String workerId,
      Class<? extends UnitRegistration> registration) {
    this.settings = settings;
    this.numericClass = numericClass;
    this.workerId = workerId;
    this.registration = registration.getName();
  }

  @Override
  public Ending run(Errand errand, Attempt attempt) {
    Process process;
    try {
      process =
          new ProcessBuilder(command())
              .redirectError(ProcessBuilder.Redirect.INHERIT) // the worker's log
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("no process of its own can be started", e);
    }
    log.info("process {} runs {} alone", process.pid(), errand.activity());
    try {
      return watch(process, errand, attempt);
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!flag.startsWith("-agentlib:jdwp")) { // a debugger's port is taken
        command.add(flag);
      }
    }
    String commands = System.getProperty(CommandPolicy.PROPERTY);
    if (commands != null) {
      command.add("-D%s=%s".formatted(CommandPolicy.PROPERTY, commands));
    }
    command.add("-cp");
    command.add(System.getProperty("espalier.classpath", System.getProperty("java.class.path")));
    command.add(UnitProcess.class.getName());
    command.add("--home");
    command.add(settings.home().toString());
    return command;
  }

  private Ending watch(Process process, Errand errand, Attempt attempt) {
    Heard heard = new Heard(attempt);
    Thread listener =
        Thread.ofPlatform().daemon().name("own-process").start(() -> listen(process, heard));
    Writer words = process.outputWriter(StandardCharsets.UTF_8);
    say(words, Json.write(new Assignment(settings, numericClass, workerId, registration, errand)));
    boolean told = false;
    long deadline = System.nanoTime() + START.toNanos();
    while (!ended(process)) {
      boolean unwanted = attempt.isUnwanted();
      if (unwanted && !told) {
        told = true;
        deadline = System.nanoTime() + STOP.toNanos();
        say(words, MarkedLines.STOP);
      }
      if (!heard.begun) {
        attempt.step(); // what it does until then has a deadline of its own
      }
      boolean late = (told || !heard.begun) && System.nanoTime() > deadline;
      if (late || attempt.isStuck()) {
        process.destroyForcibly();
      }
    }
    join(listener);
    return ending(heard, told, attempt.isStuck(), process.exitValue());
  }

  /** Whether it has ended, within a short while. */
  private static boolean ended(Process process) {
    try {
      return process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the worker drains: the attempt will say so
      return false;
    }
  }

  private static void join(Thread listener) {
    try {
      listener.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Writer words, String line) {
    try {
      words.write(line);
      words.write('\n');
      words.flush();
    } catch (IOException e) {
      log.debug("the process does not listen: its end says why", e);
    }
  }

  private static void listen(Process process, Heard heard) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          MarkedLines.read(line).ifPresentOrElse(heard::line, noise(line));
        } catch (InvalidInput e) {
          log.warn("the process was cut off in the middle of a word: {}", line);
        }
      }
    } catch (IOException e) {
      log.debug("the process is not to be heard any more", e);
    }
  }

  private static Runnable noise(String line) {
    return () -> log.info("{}", line);
  }

  private static Ending ending(Heard heard, boolean told, boolean stuck, int exit) {
    if (heard.answer != null) {
      return new Ending.Answered(heard.answer);
    }
    if (heard.failure != null) {
      return new Ending.Failed(heard.failure);
    }
    if (stuck) {
      return new Ending.Died("came no step further and was ended");
    }
    if (told || exit == 128 + 15 || exit == 128 + 2) {
      return new Ending.Failed(
          new Failure(Failure.Kind.STOPPED, "its own process was asked to end", ""));
    }
    if (!heard.begun) {
      return new Ending.Failed(
          new Failure(
              Failure.Kind.LOST,
              "its own process %s before it could begin; the worker's log says why. It is tried again"
                  .formatted(how(exit)),
              "own process"));
    }
    return new Ending.Died(how(exit));
  }

  private static String how(int exit) {
    return switch (exit) {
      case 3 -> "ended for want of memory (exit status 3)";
      case 128 + 4 -> "crashed (SIGILL)";
      case 128 + 6 -> "was aborted (SIGABRT)";
      case 128 + 7 -> "crashed (SIGBUS)";
      case 128 + 8 -> "crashed (SIGFPE)";
      case 128 + 9 -> "was killed (SIGKILL)";
      case 128 + 11 -> "crashed (SIGSEGV)";
      default -> "ended without a word (exit status %d)".formatted(exit);
    };
  }

  /** What the process has told so far. */
  private static final class Heard {
    private final Attempt attempt;
    private volatile boolean begun;
    private volatile @Nullable String answer;
    private volatile @Nullable Failure failure;

    Heard(Attempt attempt) {
      this.attempt = attempt;
    }

    void line(Line line) {
      attempt.step();
      switch (line.word()) {
        case BEGUN -> begun = true;
        case STEP -> {}
        case POINT -> attempt.point(line.value());
        case ANSWER -> answer = line.value();
        case FAILURE -> failure = Json.read(line.value(), Failure.class);
      }
    }
  }
}
