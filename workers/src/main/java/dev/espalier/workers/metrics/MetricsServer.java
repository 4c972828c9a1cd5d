package dev.espalier.workers.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.espalier.search.failure.InvalidInput;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code /metrics} for Prometheus and {@code /ready} for whoever waits, on this machine's own
 * address only.
 */
final class MetricsServer implements AutoCloseable {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("metrics").factory());
  private volatile boolean ready;

  private MetricsServer(HttpServer server, PrometheusMeterRegistry registry) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext(
        "/metrics", exchange -> answer(exchange, 200, PROMETHEUS_TEXT, registry.scrape()));
    server.createContext(
        "/ready",
        exchange ->
            answer(exchange, ready ? 200 : 503, "text/plain", ready ? "ready\n" : "starting\n"));
  }

  static MetricsServer start(int port, PrometheusMeterRegistry registry) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      MetricsServer started = new MetricsServer(server, registry);
      server.start();
      return started;
    } catch (IOException e) {
      throw new InvalidInput(
          "the metrics port %d cannot be had (%s): choose another, or 0 for a free one"
              .formatted(port, e.getMessage()),
          e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  void ready() {
    ready = true;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
