package dev.espalier.api;

import dev.espalier.api.http.LoopbackAddress;
import dev.espalier.api.launch.Endings;
import dev.espalier.api.replay.ScratchPlace;
import dev.espalier.api.upkeep.Backups;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.TemporalNamespace;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where the API listens and what it stands on.
 *
 * @param host the address to listen on; only this machine's own is allowed
 * @param port the port to listen on; 0 picks a free one
 * @param temporalAddress {@code HOST:PORT} of the Temporal server; it need not be up yet
 * @param namespace the part of Temporal that the experiments run in
 * @param ownTemporal whether the server is ours alone, so that its settings are too
 * @param store the open store; its owner closes it, after the server
 * @param alone whether nobody else can have the store open
 * @param home what this installation keeps
 * @param endings told of experiments that have ended
 * @param refused told, in words, when another Temporal runs the store's experiments
 * @param secret proven to whoever asks whether this is the API of a certain {@code up}; empty for
 *     none
 * @param scratch where experiments can be computed a second time
 * @param backups writes the store into a file
 */
public record ApiOptions(
    String host,
    int port,
    String temporalAddress,
    String namespace,
    boolean ownTemporal,
    Store store,
    boolean alone,
    Path home,
    Endings endings,
    Consumer<String> refused,
    String secret,
    ScratchPlace scratch,
    Backups backups) {
  public ApiOptions {
    LoopbackAddress.require(host);
    if (port < 0 || port > 65_535) {
      throw new InvalidInput(
          "The port was %d, allowed are 1 to 65535, and 0 for any free one.".formatted(port));
    }
  }

  public ApiOptions(int port, String temporalAddress, Store store, Path home) {
    this("127.0.0.1", port, temporalAddress, store, home);
  }

  public ApiOptions(String host, int port, String temporalAddress, Store store, Path home) {
    this(
        host,
        port,
        temporalAddress,
        TemporalNamespace.DEFAULT,
        false,
        store,
        true,
        home,
        Endings.NOTHING,
        _ -> {},
        "",
        ScratchPlace.NONE,
        Backups.NONE);
  }
}
