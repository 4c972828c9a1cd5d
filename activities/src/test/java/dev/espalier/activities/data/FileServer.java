package dev.espalier.activities.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real web server on a free loopback port that can cut connections, ignore ranges and move files.
 */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> moved = new ConcurrentHashMap<>();
  private final Queue<Integer> cuts = new ArrayDeque<>();
  private boolean ranges = true;
  final List<String> requests = new CopyOnWriteArrayList<>();

  FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  FileServer with(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  void remove(String path) {
    files.remove(path);
  }

  void move(String from, String to) {
    moved.put(from, to);
  }

  void ignoreRanges() {
    ranges = false;
  }

  /** The next answers end after so many bytes each, in this order. */
  void cutAfter(Integer... bytes) {
    cuts.addAll(List.of(bytes));
  }

  String uri(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  private void answer(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(range == null ? path : path + " " + range);
    try (exchange) {
      if (moved.containsKey(path)) {
        exchange.getResponseHeaders().add("Location", moved.get(path));
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      byte[] content = files.get(path);
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      int from = 0;
      int status = 200;
      if (range != null && ranges) {
        from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        if (from >= content.length) {
          exchange.sendResponseHeaders(416, -1);
          return;
        }
        status = 206;
        exchange
            .getResponseHeaders()
            .add(
                "Content-Range",
                "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      }
      exchange.sendResponseHeaders(status, content.length - from);
      Integer cut = cuts.poll();
      int length = cut == null ? content.length - from : Math.min(cut, content.length - from);
      OutputStream body = exchange.getResponseBody();
      body.write(content, from, length);
      body.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
