package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.espalier.cli.home.Processes;
import dev.espalier.store.Store;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other users of the machine and web pages of other sites reach of a running installation. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class StrangersTest {
  private static final int NOBODY = 65_534;

  @TempDir private Path folder;

  @Test
  void strangersAreRefusedAtEveryDoorThatCanRefuse() throws Exception {
    try (LiveHome live = LiveHome.start(folder.resolve("home"), 1)) {
      Processes parts = Processes.read(live.home().processesFile());
      storeWithoutPassword(parts);
      temporalFromAPage(parts);
      noSecretOnACommandLine(parts);
      assertThat(get(Objects.requireNonNull(parts.api()).port(), "127.0.0.1", "/api/experiments"))
          .contains(" 200 ");
      if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0
          && Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
        assertThat(asNobody(Objects.requireNonNull(parts.api()).port()))
            .contains(" 403 ")
            .contains("another user");
      }
    }
  }

  private static void storeWithoutPassword(Processes parts) {
    try (MongoClient stranger =
        MongoClients.create(Store.withoutPassword(Objects.requireNonNull(parts.store()).uri()))) {
      for (String command : List.of("find", "drop")) {
        assertThatThrownBy(() ->
                stranger.getDatabase("espalier").runCommand(new Document(command, "experiments")))
            .isInstanceOf(MongoCommandException.class)
            .hasMessageContaining("requires authentication");
      }
    }
  }

  /** A page sends its target's name or, after rebinding, its own; never the one drawn. */
  private static void temporalFromAPage(Processes parts) throws IOException {
    int http =
        Integer.parseInt(argument(Objects.requireNonNull(parts.temporal()).pid(), "--http-port"));
    for (String host : List.of("127.0.0.1:" + http, "localhost:" + http, "evil.example:" + http)) {
      assertThat(get(http, host, "/api/v1/namespaces/default")).as(host).contains(" 403 ");
    }
    assertThat(arguments(Objects.requireNonNull(parts.temporal()).pid())).contains("--headless");
  }

  private static void noSecretOnACommandLine(Processes parts) throws IOException {
    String password =
        Objects.requireNonNull(parts.store()).uri().replaceFirst("@.*", "").replaceFirst(".*:", "");
    assertThat(password).hasSizeGreaterThan(20);
    for (Processes.Part part : parts.parts()) {
      assertThat(arguments(part.identity().pid()))
          .as(part.name())
          .noneMatch(each -> each.contains(password) || each.contains(parts.secret()));
    }
  }

  private static List<String> arguments(long pid) throws IOException {
    return Arrays.asList(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0", -1));
  }

  private static String argument(long pid, String name) throws IOException {
    List<String> arguments = arguments(pid);
    return arguments.get(arguments.indexOf(name) + 1);
  }

  private static String request(String host, String path) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
  }

  private static String get(int port, String host, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request(host, path).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String asNobody(int port) throws Exception {
    String ask =
        "exec 3<>/dev/tcp/127.0.0.1/%d; printf '%s' >&3; cat <&3"
            .formatted(port, request("127.0.0.1", "/api/experiments").replace("\r\n", "\\r\\n"));
    Process process =
        new ProcessBuilder(
                "/usr/bin/setpriv",
                "--reuid",
                Integer.toString(NOBODY),
                "--regid",
                Integer.toString(NOBODY),
                "--clear-groups",
                "bash",
                "-c",
                ask)
            .redirectErrorStream(true)
            .directory(new File("/"))
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return answer;
  }
}
