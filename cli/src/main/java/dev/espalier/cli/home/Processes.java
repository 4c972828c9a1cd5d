package dev.espalier.cli.home;

import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a home ({@code run/processes.json}): written whole or not at all, readable by its
 * owner only.
 *
 * @param secret passed to the parts: the API proves that it has it, so that one of another home is
 *     never taken for this home's
 * @param place the home that wrote it; null in records of earlier versions
 */
public record Processes(
    @Nullable Supervisor supervisor,
    @Nullable Temporal temporal,
    @Nullable Store store,
    @Nullable Api api,
    List<Worker> workers,
    String secret,
    @Nullable HomePlace place) {

  public Processes {
    workers = workers == null ? List.of() : List.copyOf(workers);
    secret = secret == null ? "" : secret;
  }

  public static Processes none() {
    return new Processes(null, null, null, null, List.of(), "", null);
  }

  /** The record of an {@code up} that has started nothing yet. */
  public static Processes of(HomePlace place, Supervisor supervisor, String secret) {
    return new Processes(supervisor, null, null, null, List.of(), secret, place);
  }

  public Processes with(Supervisor changed) {
    return new Processes(changed, temporal, store, api, workers, secret, place);
  }

  public Processes with(Temporal changed) {
    return new Processes(supervisor, changed, store, api, workers, secret, place);
  }

  public Processes with(Store changed) {
    return new Processes(supervisor, temporal, changed, api, workers, secret, place);
  }

  public Processes with(Api changed) {
    return new Processes(supervisor, temporal, store, changed, workers, secret, place);
  }

  /** While its {@code up} ends the parts. */
  public Processes whileEnding() {
    return supervisor == null
        ? this
        : with(
            new Supervisor(
                supervisor.pid,
                supervisor.startedAt,
                supervisor.mark,
                supervisor.untilIdle,
                supervisor.ready,
                true));
  }

  /** With this worker, in the place of the one of the same name. */
  public Processes with(Worker changed) {
    List<Worker> others = new ArrayList<>(workers);
    others.removeIf(worker -> worker.name().equals(changed.name()));
    others.add(changed);
    return new Processes(supervisor, temporal, store, api, others, secret, place);
  }

  /**
   * The {@code espalier up} process.
   *
   * @param ready since when every part answered; null while they start
   * @param ending whether it ends its parts: what still answers will not for long
   */
  public record Supervisor(
      long pid,
      Instant startedAt,
      String mark,
      boolean untilIdle,
      @Nullable Instant ready,
      boolean ending) {
    public ProcessIdentity identity() {
      return new ProcessIdentity(pid, startedAt, mark);
    }

    boolean isEnding() {
      return ending && identity().isRunning();
    }
  }

  /**
   * Temporal's server; {@code pid} is 0 where it is someone else's ({@code --temporal}).
   *
   * @param namespace null in records of earlier versions, which knew only one
   */
  public record Temporal(
      long pid,
      @Nullable Instant startedAt,
      String mark,
      String address,
      int uiPort,
      @Nullable String namespace) {
    public Optional<ProcessIdentity> identity() {
      return identityOf(pid, startedAt, mark);
    }
  }

  /** Where the documents are: served by the API process, or someone else's ({@code --mongodb}). */
  public record Store(String uri) {}

  public record Api(long pid, @Nullable Instant startedAt, String mark, int port, String url) {
    public Optional<ProcessIdentity> identity() {
      return identityOf(pid, startedAt, mark);
    }
  }

  public record Worker(
      long pid,
      @Nullable Instant startedAt,
      String mark,
      String name,
      String device,
      int metricsPort) {
    public Optional<ProcessIdentity> identity() {
      return identityOf(pid, startedAt, mark);
    }
  }

  private static Optional<ProcessIdentity> identityOf(
      long pid, @Nullable Instant start, String mark) {
    return pid == 0 || start == null
        ? Optional.empty()
        : Optional.of(new ProcessIdentity(pid, start, mark));
  }

  /** A part that is a process of this machine, with the name it has in log and messages. */
  public record Part(String name, ProcessIdentity identity) {}

  /** Every part that was started, last started first: the order in which they are to end. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (Worker worker : workers.reversed()) {
      worker.identity().ifPresent(identity -> parts.add(new Part(worker.name(), identity)));
    }
    if (api != null) {
      api.identity().ifPresent(identity -> parts.add(new Part("api", identity)));
    }
    if (temporal != null) {
      temporal.identity().ifPresent(identity -> parts.add(new Part("temporal", identity)));
    }
    return parts;
  }

  /**
   * The parts that still run, and for this home: another home's, or a stranger's, are none of it.
   */
  public List<Part> running(Home home) {
    return parts().stream().filter(part -> worksFor(part.identity(), home)).toList();
  }

  /** What a killed {@code up} left running; empty while one watches over the parts. */
  public List<Part> leftBehind(Home home) {
    return supervisor == null || supervisor.identity().isRunning() ? List.of() : running(home);
  }

  /**
   * Whether the process runs and is a part of this home. Parts work in the folder of their home;
   * those of earlier versions name it on their command line.
   */
  boolean worksFor(ProcessIdentity process, Home home) {
    return process.isRunning()
        && (place == null
            ? process.names(home)
            : process.worksIn(home).orElseGet(() -> process.names(home)));
  }

  /**
   * What runs in this home. A record that another home wrote, which came along when its folder was
   * copied, is as none: its processes are that home's.
   */
  public static Processes of(Home home) throws IOException {
    Processes record = read(home.processesFile());
    HomePlace writer = record.place();
    boolean own = writer == null ? record.namesOnly(home) : writer.isThatOf(home);
    return own ? record : none();
  }

  /** Whether a record without a place is of this home: none of its living parts names another. */
  private boolean namesOnly(Home home) {
    return parts().stream()
        .map(Part::identity)
        .filter(ProcessIdentity::isRunning)
        .allMatch(process -> process.names(home));
  }

  /** Reads the record; one that is missing or torn is as none (its processes cannot be known). */
  public static Processes read(Path file) throws IOException {
    try {
      return Json.read(Files.readString(file), Processes.class);
    } catch (NoSuchFileException e) {
      return none();
    } catch (RuntimeException e) {
      throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  public void write(Path file) throws IOException {
    AtomicFile.write(file, Json.write(this).getBytes(StandardCharsets.UTF_8));
  }
}
