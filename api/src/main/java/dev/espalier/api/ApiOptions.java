package dev.espalier.api;

import dev.espalier.api.http.LoopbackAddress;
import dev.espalier.api.launch.Endings;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import java.nio.file.Path;

/**
 * Where the API listens and what it stands on.
 *
 * @param host the address to listen on; only this machine's own is allowed
 * @param port the port to listen on; 0 picks a free one
 * @param temporalAddress {@code HOST:PORT} of the Temporal server; it need not be up yet
 * @param store the open store; its owner closes it, after the server
 * @param home what this installation keeps
 * @param endings told of experiments that have ended
 */
public record ApiOptions(
    String host, int port, String temporalAddress, Store store, Path home, Endings endings) {
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
    this(host, port, temporalAddress, store, home, Endings.NOTHING);
  }

  /** The same, with somebody to tell of endings. */
  public ApiOptions telling(Endings whom) {
    return new ApiOptions(host, port, temporalAddress, store, home, whom);
  }
}
