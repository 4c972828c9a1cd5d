package dev.espalier.cli.up;

import dev.espalier.api.http.Proof;
import dev.espalier.cli.home.Listening;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a part answers. */
@FunctionalInterface
interface Readiness {

  /** What came back. */
  enum Answer {
    /** It does its work. */
    READY,
    /** It answers, but cannot do its work, or not yet. */
    PRESENT,
    /** It cannot do its work before it is started anew. */
    BROKEN,
    /** Nothing came back in time, or from another process than the one that was asked. */
    NONE
  }

  /** Asks the part that is this process. */
  Answer ask(long pid, Duration patience);

  /**
   * Asks at this address of the loopback: ready where it answers with 200, and nobody else listens
   * on its port. Without a client library: the supervisor stays small.
   */
  static Readiness http(int port, String path) {
    return (pid, patience) -> ask(pid, port, loopback(port), Proxy.NO_PROXY, path, null, patience);
  }

  /**
   * As {@link #http}, of a server that answers only under this name, which leads nowhere: it is
   * asked as if it were a proxy.
   */
  static Readiness named(int port, String name, String path) {
    Proxy way =
        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return (pid, patience) -> ask(pid, port, name, way, path, null, patience);
  }

  /** As {@link #http}, of a part that proves that it has this secret. */
  static Readiness proven(int port, String path, String secret) {
    return (pid, patience) ->
        ask(pid, port, loopback(port), Proxy.NO_PROXY, path, secret, patience);
  }

  private static String loopback(int port) {
    return "127.0.0.1:" + port;
  }

  private static Answer ask(
      long pid,
      int port,
      String authority,
      Proxy way,
      String path,
      @Nullable String secret,
      Duration patience) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create("http://" + authority + path).toURL().openConnection(way);
      connection.setConnectTimeout((int) patience.toMillis());
      connection.setReadTimeout((int) patience.toMillis());
      connection.setUseCaches(false);
      String challenge = Proof.challenge();
      connection.setRequestProperty(Proof.CHALLENGE, challenge);
      try {
        int status = connection.getResponseCode();
        boolean own =
            secret == null
                || Proof.holds(secret, challenge, connection.getHeaderField(Proof.PROOF));
        if (!own || Listening.isTakenFrom(pid, port)) {
          return Answer.NONE;
        }
        return status == HttpURLConnection.HTTP_OK ? Answer.READY : Answer.PRESENT;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return Answer.NONE;
    }
  }
}
