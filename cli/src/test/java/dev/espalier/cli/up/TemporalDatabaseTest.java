package dev.espalier.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.workers.provision.TemporalServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server, whose database is really damaged. */
class TemporalDatabaseTest {
  private static final UpOptions OPTIONS = SupervisorTest.OPTIONS;

  @TempDir Path folder;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private Home home() {
    return new Home(folder.resolve("home")).prepare();
  }

  private static byte[] garbage() {
    byte[] bytes = new byte[200_000];
    new SplittableRandom(1).nextBytes(bytes);
    return bytes;
  }

  private String awaitSaid(String text) throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (String line = said.poll(2, TimeUnit.MINUTES);
        line != null;
        line = said.poll(2, TimeUnit.MINUTES)) {
      all.add(line);
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("never said '%s', but: %s".formatted(text, all));
  }

  private void start(Supervisor supervisor) throws Exception {
    Path binary = TemporalServer.find(supervisor.home().bin(), said::add).binary();
    new StartUp(supervisor, binary).run(List.of());
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.list(home().temporalDatabase().getParent())) {
      return files.filter(file -> file.toString().contains(".damaged-")).toList();
    }
  }

  @Test
  void damagedIsPutAsideAtTheFirstStartAndAtALaterOne() throws Exception {
    Files.write(home().temporalDatabase(), garbage());
    try (Supervisor supervisor = Supervisor.take(home(), OPTIONS, said::add)) {
      start(supervisor);
      assertThat(awaitSaid("its database is damaged"))
          .contains("file is not a database")
          .contains("unfinished experiments start again");
      assertThat(aside()).hasSize(1);
      assertThat(Files.readAllBytes(aside().getFirst())).isEqualTo(garbage());

      ProcessIdentity server =
          Objects.requireNonNull(supervisor.processes().temporal()).identity().orElseThrow();
      Files.deleteIfExists(home().temporalDatabase().resolveSibling("temporal.db-wal"));
      Files.write(home().temporalDatabase(), new byte[0]);
      server.running().orElseThrow().destroyForcibly();

      awaitSaid("its database is damaged (no such table");
      awaitSaid("temporal is back");
    }
  }

  @Test
  void aFolderInItsPlaceIsPutAside() throws Exception {
    Path database = Files.createDirectories(home().temporalDatabase());
    TemporalPart part = new TemporalPart(database, folder.resolve("log"), said::add);

    part.mend();

    assertThat(said).singleElement().asString().contains("temporal.db is a folder");
    assertThat(database).doesNotExist();
    assertThat(aside()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "database or disk is full (13)",
        "database is locked (5)",
        "listen tcp 127.0.0.1:20001: bind: address already in use"
      })
  void whatIsNoDamageLeavesItWhereItIs(String problem) throws Exception {
    Path log = folder.resolve("log");
    Path database = Files.writeString(home().temporalDatabase(), "database");
    TemporalPart part = new TemporalPart(database, log, said::add);
    Files.writeString(log, "Error: failed starting server: " + problem);

    part.mend();

    assertThat(said).isEmpty();
    assertThat(database).exists();
  }

  @Test
  void aServerThatMeetsDamageWhileItRunsIsBroken() throws Exception {
    Path log = Files.writeString(folder.resolve("log"), "of a time before: malformed (11)");
    TemporalPart part = new TemporalPart(home().temporalDatabase(), log, said::add);
    Readiness readiness = part.watching((pid, patience) -> Readiness.Answer.READY);
    assertThat(readiness.ask(1, Duration.ZERO)).isEqualTo(Readiness.Answer.READY);

    Files.write(
        log,
        "\nerror=\"database disk image is malformed (11)\"".getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);

    assertThat(readiness.ask(1, Duration.ZERO)).isEqualTo(Readiness.Answer.BROKEN);
  }
}
