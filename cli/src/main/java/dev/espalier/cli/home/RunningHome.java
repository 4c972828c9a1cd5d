package dev.espalier.cli.home;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * A home whose {@code up} (or what is left of it) can be reached now.
 *
 * @param secret of which its API has a proof; empty for one of an earlier version, which has none
 */
public record RunningHome(
    Home home, String url, String storeUri, String temporal, String namespace, String secret) {

  /**
   * The home's running supervisor with all parts ready; empty if there is none, or it still starts,
   * or already ends.
   */
  public static Optional<RunningHome> find(Home home) {
    return processes(home)
        .filter(processes -> {
          Processes.Supervisor supervisor = processes.supervisor();
          return supervisor != null
              && supervisor.ready() != null
              && !supervisor.ending()
              && supervisor.identity().isRunning();
        })
        .flatMap(processes -> of(home, processes));
  }

  /**
   * As {@link #find}, but an API that outlived its killed supervisor will do as well: good enough
   * to read from.
   */
  public static Optional<RunningHome> findReadable(Home home) {
    return processes(home)
        .filter(processes -> {
          Processes.Supervisor supervisor = processes.supervisor();
          return supervisor == null || !supervisor.isEnding();
        })
        .flatMap(processes -> of(home, processes));
  }

  private static Optional<Processes> processes(Home home) {
    try {
      return Optional.of(Processes.of(home));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<RunningHome> of(Home home, Processes processes) {
    Processes.Api api = processes.api();
    Processes.Store store = processes.store();
    Processes.Temporal temporal = processes.temporal();
    return api == null || store == null || temporal == null || !serves(processes, api, home)
        ? Optional.empty()
        : Optional.of(
            new RunningHome(
                home,
                api.url(),
                store.uri(),
                temporal.address(),
                Objects.requireNonNullElse(temporal.namespace(), "default"),
                processes.place() == null ? "" : processes.secret()));
  }

  /** Whether the recorded process of the API is this home's, and the one behind its address. */
  private static boolean serves(Processes processes, Processes.Api api, Home home) {
    return api.identity().filter(process -> processes.worksFor(process, home)).isPresent()
        && !Listening.isTakenFrom(api.pid(), api.port());
  }
}
