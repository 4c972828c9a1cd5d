package dev.espalier.cli.up;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.espalier.api.http.SameMachine;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Temporal's own page, for the browsers of this machine and not for what other sites make them ask.
 *
 * <p>Temporal's page answers any {@code Host}. So it listens at a loopback address that is drawn at
 * each start, which no site can guess, and this server passes on to it what {@link SameMachine}
 * lets through.
 */
final class TemporalPage implements AutoCloseable {
  /** What concerns one connection only (RFC 9110, 7.6.1), or is set by the client itself. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "origin",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile InetSocketAddress behind;

  private TemporalPage(HttpServer server, InetSocketAddress behind) {
    this.server = server;
    this.behind = behind;
  }

  /**
   * Begins to answer.
   *
   * @param port on 127.0.0.1
   * @throws InvalidInput where the system has one loopback address only, or the port is taken
   */
  static TemporalPage open(int port) {
    InetSocketAddress behind = draw();
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      TemporalPage page = new TemporalPage(server, behind);
      server.setExecutor(page.threads);
      server.createContext("/", page::answer);
      server.start();
      return page;
    } catch (IOException e) {
      throw new InvalidInput(
          "Temporal's page cannot be shown at 127.0.0.1:%d (%s)".formatted(port, e.getMessage()),
          e);
    }
  }

  /** Where Temporal's page is to listen. */
  InetSocketAddress behind() {
    return behind;
  }

  /** Another address, for another start of Temporal. */
  InetSocketAddress drawBehind() {
    behind = draw();
    return behind;
  }

  private static InetSocketAddress draw() {
    byte[] address = new byte[4];
    new SecureRandom().nextBytes(address);
    address[0] = 127;
    address[3] |= 2; // neither 127.0.0.0 nor 127.0.0.1
    address[3] &= 0x7e;
    try (ServerSocket socket = new ServerSocket()) {
      InetAddress drawn = InetAddress.getByAddress(address);
      socket.bind(new InetSocketAddress(drawn, 0));
      return new InetSocketAddress(drawn, socket.getLocalPort());
    } catch (IOException e) {
      throw new InvalidInput(
          ("Temporal's page can be shown only where a machine has the loopback addresses 127.0.0.0/8, as Linux "
                  + "does (%s): leave --temporal-page out, and use the temporal program of the home's bin folder")
              .formatted(e.getMessage()),
          e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String refusal =
          SameMachine.refusal(exchange.getRequestMethod(), exchange.getRequestHeaders()::getFirst)
              .orElse("");
      if (!refusal.isEmpty()) {
        say(exchange, 403, refusal);
        return;
      }
      try {
        pass(exchange);
      } catch (IOException e) {
        say(exchange, 502, "Temporal's page does not answer: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void pass(HttpExchange exchange) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://%s:%d%s"
                        .formatted(
                            behind.getAddress().getHostAddress(),
                            behind.getPort(),
                            exchange.getRequestURI())))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (isPassedOn(name)) {
            values.forEach(value -> request.header(name, value));
          }
        });
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
        if (isPassedOn(header.getKey())) {
          exchange.getResponseHeaders().put(header.getKey(), header.getValue());
        }
      }
      byte[] content = body.readAllBytes();
      exchange.sendResponseHeaders(
          response.statusCode(), content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    }
  }

  private static boolean isPassedOn(String header) {
    return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
  }

  private static void say(HttpExchange exchange, int status, String words) throws IOException {
    byte[] body = (words + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
