package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training program of one's own under a real installation, with kills of it and of all else. */
@Timeout(value = 14, unit = TimeUnit.MINUTES)
final class OwnProgramSurvivalTest {
  private static final int EPOCHS = 6;

  /** Needs nothing but Python; waits at each epoch until it is let go on. */
  private static final String SCRIPT =
      """
      import hashlib, json, os, sys, time
      architecture, epochs, folder, notes = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
      file = os.path.join(folder, "state.json")
      state = json.load(open(file)) if os.path.exists(file) else {"epoch": 0, "digest": ""}
      def note(word, epoch):
          with open(os.path.join(notes, "notes"), "a") as out:
              out.write(f"{word} {architecture} {epoch} {os.getpid()}\\n")
      def tell():
          ratio = int(state["digest"][:6], 16) / 0xffffff
          print(json.dumps({"epoch": state["epoch"], "validation": ratio}), flush=True)
      if state["epoch"]:
          tell()
      for epoch in range(state["epoch"] + 1, epochs + 1):
          note("started", epoch)
          while not os.path.exists(os.path.join(notes, "go")):
              time.sleep(0.02)
          digest = hashlib.sha256(f"{state['digest']}{architecture}{epoch}".encode()).hexdigest()
          state = {"epoch": epoch, "digest": digest}
          json.dump(state, open(file + ".part", "w"))
          os.replace(file + ".part", file)
          tell()
      """;

  @TempDir private static Path folder;

  private record Note(String word, String architecture, int epoch, long pid) {}

  private static List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(folder.resolve("notes"))) {
        String[] words = line.split(" ", -1);
        notes.add(
            new Note(words[0], words[1], Integer.parseInt(words[2]), Long.parseLong(words[3])));
      }
    } catch (IOException e) {
      return List.of(); // none was begun yet
    }
    return notes;
  }

  private static String launch(LiveHome live) throws Exception {
    return Json.mapper()
        .readTree(
            live.espalier(
                "run",
                "random",
                "--data",
                "shapes",
                "--fresh",
                "--detach",
                "--json",
                "--set",
                "search.architectures=3",
                "--set",
                "evaluation.epochs=" + EPOCHS,
                "--set",
                "evaluation.command=[python3, %s, '{architecture}', '{epochs}', '{checkpoint}', %s]"
                    .formatted(folder.resolve("code/tiny.py"), folder)))
        .get("id")
        .asText();
  }

  /** Waits until so many epochs have begun in all. */
  private static Note awaitBegun(int count) {
    return LiveHome.await(
        Duration.ofMinutes(4),
        count + " epochs are begun",
        () -> notes().size() >= count ? Optional.of(notes().getLast()) : Optional.empty());
  }

  private static void letGo(boolean on) throws IOException {
    if (on) {
      Files.writeString(folder.resolve("go"), "");
    } else {
      Files.deleteIfExists(folder.resolve("go"));
    }
  }

  @Test
  void kills_of_program_worker_and_all_change_nothing_and_nothing_told_is_trained_again()
      throws Exception {
    Files.createDirectory(folder.resolve("code"));
    Files.writeString(folder.resolve("code/tiny.py"), SCRIPT);
    try (LiveHome live = LiveHome.start(folder.resolve("home"), 1)) {
      letGo(true);
      ExperimentDocument undisturbed = live.awaitEnd(launch(live));
      assertThat(undisturbed.state())
          .as("%s", undisturbed.reason())
          .isEqualTo(ExperimentState.COMPLETED);
      assertThat(notes()).hasSize(3 * EPOCHS);
      Files.delete(folder.resolve("notes"));

      letGo(false);
      String id = launch(live);
      LiveHome.signal("KILL", awaitBegun(1).pid()); // the program
      Note second = awaitBegun(2);
      LiveHome.signal("KILL", live.worker());
      awaitGone(second.pid()); // no orphan goes on writing
      Note third = awaitBegun(3);
      live.killEverything();
      awaitGone(third.pid());
      awaitBegun(4);
      letGo(true);
      ExperimentDocument killed = live.awaitEnd(id);

      assertThat(killed.digest()).isEqualTo(Objects.requireNonNull(undisturbed.digest()));
      assertThat(notes()).as("three epochs were lost, no more").hasSize(3 * EPOCHS + 3);
      Set<String> begun = new HashSet<>();
      notes().forEach(each -> begun.add(each.architecture() + " " + each.epoch()));
      assertThat(begun).hasSize(3 * EPOCHS);
    }
  }

  private static void awaitGone(long pid) {
    LiveHome.await(
        Duration.ofMinutes(1),
        "the program " + pid + " is gone",
        () -> ProcessHandle.of(pid).isEmpty() ? Optional.of(true) : Optional.empty());
  }
}
