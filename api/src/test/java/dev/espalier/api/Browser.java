package dev.espalier.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, spoken to by its own DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final Replies replies;
  private final AtomicInteger calls = new AtomicInteger();

  private Browser(Process process, Path profile, WebSocket socket, Replies replies) {
    this.process = process;
    this.profile = profile;
    this.socket = socket;
    this.replies = replies;
  }

  /** Where Chromium is, if it is anywhere on the path. */
  static Optional<Path> executable() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(folder ->
            Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser start(Path executable) throws Exception {
    Path profile = Files.createTempDirectory("chromium");
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectErrorStream(true)
            .start();
    HttpClient http = HttpClient.newHttpClient();
    URI devTools = devTools(process);
    URI pages = URI.create("http://%s/json/list".formatted(devTools.getAuthority()));
    JsonNode targets =
        Json.read(
            http.send(HttpRequest.newBuilder(pages).build(), HttpResponse.BodyHandlers.ofString())
                .body(),
            JsonNode.class);
    String page = "";
    for (JsonNode target : targets) {
      if (target.path("type").asText().equals("page")) {
        page = target.path("webSocketDebuggerUrl").asText();
      }
    }
    Replies replies = new Replies();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page), replies)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    Browser browser = new Browser(process, profile, socket, replies);
    browser.call("Page.enable", Map.of());
    browser.call("Runtime.enable", Map.of());
    return browser;
  }

  /** Chromium says on its output where it listens. */
  private static URI devTools(Process process) throws IOException {
    String mark = "DevTools listening on ";
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(mark)) {
        Thread.ofPlatform().daemon().start(() -> output.lines().forEach(ignored -> {}));
        return URI.create(line.substring(mark.length()));
      }
    }
    throw new IOException("chromium ended before it listened");
  }

  void open(URI url) {
    call("Page.navigate", Map.of("url", url.toString()));
  }

  void size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void dark(boolean dark) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** The value of a JavaScript expression; a promise is waited for. */
  JsonNode evaluate(String expression) {
    JsonNode reply =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (reply.has("exceptionDetails")) {
      throw new AssertionError(expression + " threw " + reply.path("exceptionDetails"));
    }
    return reply.path("result").path("value");
  }

  /** Waits in the page until an expression is true. */
  void await(String expression) {
    JsonNode met =
        evaluate(
            """
            new Promise(resolve => {
              const until = Date.now() + 30000;
              const look = () => {
                let met = false;
                try { met = Boolean(%s); } catch { met = false; }
                if (met || Date.now() > until) resolve(met); else setTimeout(look, 50);
              };
              look();
            })\
            """
                .formatted(expression));
    if (!met.asBoolean()) {
      throw new AssertionError(
          "the page never came to: %s\n%s".formatted(expression, text("body")));
    }
  }

  /** The text that is seen of the first element of a selector. */
  String text(String selector) {
    return evaluate("document.querySelector(%s)?.innerText ?? ''".formatted(Json.write(selector)))
        .asText();
  }

  int count(String selector) {
    return evaluate("document.querySelectorAll(%s).length".formatted(Json.write(selector))).asInt();
  }

  void click(String selector) {
    evaluate("document.querySelector(%s).click()".formatted(Json.write(selector)));
  }

  /** What the page complained about: exceptions and refused resources. */
  List<String> complaints() {
    return List.copyOf(replies.complaints);
  }

  /** A picture of the whole page. */
  void screenshot(Path file) throws IOException {
    JsonNode size = call("Page.getLayoutMetrics", Map.of()).path("cssContentSize");
    JsonNode picture =
        call(
            "Page.captureScreenshot",
            Map.of(
                "captureBeyondViewport",
                true,
                "clip",
                Map.of(
                    "x", 0,
                    "y", 0,
                    "width", size.path("width").asInt(),
                    "height", size.path("height").asInt(),
                    "scale", 1)));
    Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.waiting.put(id, reply);
    socket
        .sendText(Json.write(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    JsonNode answer = reply.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (answer.has("error")) {
      throw new AssertionError(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      System.err.println("left behind: " + profile); // a dying child of Chromium was still writing
    }
  }

  private static final class Replies implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        receive(Json.read(text.toString(), JsonNode.class));
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void receive(JsonNode message) {
      CompletableFuture<JsonNode> reply = waiting.remove(message.path("id").asInt());
      if (reply != null) {
        reply.complete(message);
      } else if (message.path("method").asText().equals("Runtime.exceptionThrown")) {
        complaints.add(message.path("params").toString());
      }
    }
  }
}
