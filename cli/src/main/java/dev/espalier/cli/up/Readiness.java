package dev.espalier.cli.up;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Whether a part answers. */
@FunctionalInterface
interface Readiness {
  boolean ready();

  /**
   * Ready once this address answers with 200. Without a client library: the supervisor stays small.
   */
  static Readiness http(String url) {
    return () -> status(url, Duration.ofSeconds(2)) == HttpURLConnection.HTTP_OK;
  }

  private static int status(String url, Duration patience) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout((int) patience.toMillis());
      connection.setReadTimeout((int) patience.toMillis());
      connection.setUseCaches(false);
      try {
        return connection.getResponseCode();
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return -1;
    }
  }
}
