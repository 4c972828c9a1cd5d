package dev.espalier.activities.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Downloads a file that survives cut connections and restarts: what has come is kept as {@code
 * NAME.part} and continued by a range request, and only a file with the right digest gets its name.
 *
 * <p>On {@link HttpURLConnection}, which can time out on a stalled transfer; the newer client
 * cannot.
 */
final class HttpDownload {
  private static final int FRUITLESS_ATTEMPTS = 3;
  private static final int REDIRECTS = 5;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final Duration patience;
  private final Duration pause;

  /**
   * @param patience how long to wait for a connection, or for the next byte
   * @param pause between attempts
   */
  HttpDownload(Duration patience, Duration pause) {
    this.patience = patience;
    this.pause = pause;
  }

  /**
   * Downloads into a folder, unless the file is there already.
   *
   * @throws IOException if it cannot be had, or is not what its digest says, in words for a person
   */
  Path fetch(RemoteFile file, Path folder, Consumer<String> progress) throws IOException {
    Files.createDirectories(folder);
    Path target = folder.resolve(file.fileName());
    if (Files.exists(target) && file.digest().equals(file.digest().of(target))) {
      return target;
    }
    Path part = folder.resolve(file.fileName() + ".part");
    boolean resumed = Files.exists(part);
    transfer(file, part, progress);
    FileDigest found = file.digest().of(part);
    if (!found.equals(file.digest()) && resumed) {
      progress.accept(
          "%s: what was left of an earlier download does not fit; starting again"
              .formatted(file.fileName()));
      Files.delete(part);
      transfer(file, part, progress);
      found = file.digest().of(part);
    }
    if (!found.equals(file.digest())) {
      long size = Files.size(part);
      Files.delete(part);
      throw new IOException(
          "%s has the digest %s (%,d bytes), expected %s%s"
              .formatted(
                  file.uri(),
                  found,
                  size,
                  file.digest(),
                  file.bytes().isPresent()
                      ? " (%,d bytes)".formatted(file.bytes().getAsLong())
                      : ""));
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return target;
  }

  /** Attempts until the end, as long as some of them bring something. */
  private void transfer(RemoteFile file, Path part, Consumer<String> progress) throws IOException {
    URI uri = file.uri();
    int fruitless = 0;
    while (true) {
      long before = size(part);
      try {
        attempt(file, part, progress);
        return;
      } catch (UnknownHostException e) {
        throw new IOException("%s: the host is not found; is there a network?".formatted(uri), e);
      } catch (Refused refused) {
        throw refused;
      } catch (IOException cut) {
        fruitless = size(part) > before ? 0 : fruitless + 1;
        if (fruitless == FRUITLESS_ATTEMPTS) {
          throw new IOException("%s: %s".formatted(uri, reason(cut)), cut);
        }
        progress.accept(
            "%s: connection lost after %,d bytes (%s); continuing"
                .formatted(uri, size(part), reason(cut)));
        pause();
      }
    }
  }

  private void attempt(RemoteFile file, Path part, Consumer<String> progress) throws IOException {
    URI uri = file.uri();
    long have = size(part);
    HttpURLConnection connection = connect(uri, have);
    try {
      int status = connection.getResponseCode();
      if (status == RANGE_NOT_SATISFIABLE) {
        Files.delete(part); // it is complete, or longer than what is there now: the digest decides
        have = 0;
        connection.disconnect();
        connection = connect(uri, 0);
        status = connection.getResponseCode();
      }
      if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
        throw new Refused("%s: the server answered %d".formatted(uri, status));
      }
      boolean continued = status == HttpURLConnection.HTTP_PARTIAL && startsAt(connection, have);
      long expected = connection.getContentLengthLong();
      long before = continued ? have : 0;
      checkLength(file, expected < 0 ? -1 : before + expected);
      progress.accept(
          "%s%s%s"
              .formatted(
                  uri,
                  expected < 0 ? "" : ": %,d bytes".formatted(expected),
                  before > 0 ? " more (%,d are here)".formatted(have) : ""));
      DownloadProgress told = new DownloadProgress(file.fileName(), before, expected, progress);
      receive(connection, part, continued, expected, told);
    } finally {
      connection.disconnect();
    }
  }

  /** Another file shows before it comes, such as a page that says why there is none. */
  private static void checkLength(RemoteFile file, long offered) throws Refused {
    if (file.bytes().isPresent() && offered >= 0 && offered != file.bytes().getAsLong()) {
      throw new Refused(
          "%s: the server offers %,d bytes, expected %,d: it is another file"
              .formatted(file.uri(), offered, file.bytes().getAsLong()));
    }
  }

  private static void receive(
      HttpURLConnection connection, Path part, boolean append, long expected, DownloadProgress told)
      throws IOException {
    StandardOpenOption mode =
        append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    long received = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        received += count;
        told.received(received);
      }
    }
    if (expected >= 0 && received < expected) {
      throw new EOFException("%,d of %,d bytes came".formatted(received, expected));
    }
  }

  private HttpURLConnection connect(URI uri, long from) throws IOException {
    URI place = uri;
    for (int redirect = 0; redirect <= REDIRECTS; redirect++) {
      if (!(place.toURL().openConnection() instanceof HttpURLConnection connection)) {
        throw new Refused("%s is not an http address".formatted(place));
      }
      connection.setConnectTimeout((int) patience.toMillis());
      connection.setReadTimeout((int) patience.toMillis());
      connection.setInstanceFollowRedirects(false); // they would not lead from http to https
      connection.setRequestProperty("User-Agent", "espalier");
      connection.setRequestProperty("Accept-Encoding", "identity");
      if (from > 0) {
        connection.setRequestProperty("Range", "bytes=%d-".formatted(from));
      }
      String location = connection.getHeaderField("Location");
      if (connection.getResponseCode() / 100 != 3 || location == null) {
        return connection;
      }
      connection.disconnect();
      place = place.resolve(location);
    }
    throw new Refused("%s leads on more than %d times".formatted(uri, REDIRECTS));
  }

  private static boolean startsAt(HttpURLConnection connection, long from) {
    String range = connection.getHeaderField("Content-Range");
    return range != null && range.startsWith("bytes %d-".formatted(from));
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while downloading");
    }
  }

  /** Asking again would not help. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
