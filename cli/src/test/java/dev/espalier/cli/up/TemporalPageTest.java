package dev.espalier.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A stand-in for Temporal's page, and what browsers send. */
final class TemporalPageTest {
  private final AtomicReference<String> seen = new AtomicReference<>("");

  private static String exchange(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.replace("PORT", String.valueOf(port)).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpServer standIn(TemporalPage page) throws IOException {
    HttpServer server = HttpServer.create(page.behind(), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.set(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = "its page".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static final String GET =
      "GET /namespaces?query=a%20b HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n";
  private static final String POST =
      "POST /api/v1/batch HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nMORE\r\nContent-Length: 4\r\nConnection: "
          + "close\r\n\r\nstop";

  @Test
  void passesOnWhatComesFromThisMachineAndNothingElse() throws IOException {
    int port = freePort();
    try (TemporalPage page = TemporalPage.open(port)) {
      assertThat(page.behind().getAddress().getHostAddress())
          .startsWith("127.")
          .isNotEqualTo("127.0.0.1");
      HttpServer temporal = standIn(page);
      try {
        assertThat(exchange(port, GET.replace("HOST", "127.0.0.1:PORT")))
            .startsWith("HTTP/1.1 200")
            .contains("text/html")
            .endsWith("its page");
        assertThat(seen).hasValue("GET /namespaces?query=a%20b ");
        assertThat(exchange(port, GET.replace("HOST", "localhost:PORT")))
            .startsWith("HTTP/1.1 200");
        assertThat(exchange(port, POST.replace("MORE", "Origin: http://127.0.0.1:PORT")))
            .startsWith("HTTP/1.1 200");
        assertThat(seen).hasValue("POST /api/v1/batch stop");

        seen.set("");
        assertThat(exchange(port, GET.replace("HOST", "evil.example:PORT")))
            .startsWith("HTTP/1.1 403")
            .contains("evil.example");
        assertThat(exchange(port, POST.replace("MORE", "Origin: http://evil.example")))
            .startsWith("HTTP/1.1 403");
        assertThat(exchange(port, POST.replace("MORE", "Sec-Fetch-Site: cross-site")))
            .startsWith("HTTP/1.1 403");
        assertThat(seen).hasValue("");
      } finally {
        temporal.stop(0);
      }
      assertThat(exchange(port, GET.replace("HOST", "127.0.0.1:PORT")))
          .startsWith("HTTP/1.1 502")
          .contains("does not answer");
    }
  }

  private static int freePort() {
    for (int port = 21_000; ; port++) {
      if (Ports.isFree(port)) {
        return port;
      }
    }
  }
}
