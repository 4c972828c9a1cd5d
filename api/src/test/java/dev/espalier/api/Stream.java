package dev.espalier.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.espalier.search.canonical.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads server-sent events, each within a deadline. */
final class Stream implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  private Stream(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  static Stream of(Http http, String path, String... headers) {
    return new Stream(http.open(path, headers));
  }

  String type() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** The next message of that name; others before it are passed over. */
  Message next(String name) {
    return CompletableFuture.supplyAsync(
            () -> {
              Message message = read();
              while (!message.name().equals(name)) {
                message = read();
              }
              return message;
            })
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private Message read() {
    String name = "message";
    String id = "";
    String data = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          return new Message(
              name,
              id,
              data.isEmpty() ? MissingNode.getInstance() : Json.read(data, JsonNode.class));
        }
        int colon = line.indexOf(':');
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon)) {
          case "event" -> name = value;
          case "id" -> id = value;
          case "data" -> data += value;
          default -> {}
        }
      }
      throw new AssertionError("the stream has ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One server-sent event. */
  record Message(String name, String id, JsonNode data) {}
}
