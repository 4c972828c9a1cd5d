package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A home that an earlier version left behind, killed with work in hand, opens and goes on. */
@Timeout(value = 14, unit = TimeUnit.MINUTES)
final class OldHomeTest {
  /** What the version that made the home came to, of those that it had finished. */
  private static final Map<String, String> FINISHED =
      Map.of(
          "te-nas-cb5be6", "b26f8ba300ecf14df0198fc436de88f4519a5efa897926fa57ae7c97cd885430",
          "gnn-evolution-pwr9ke",
              "1193957bfc5e9f1f69cf92d22f77a36ce6cbdf75c4f4347e2cf2ba8134afa6e7",
          "train-zkw4gr", "87e7cc0429684e8c8ebda137e1b1273fcdfc4647dfe04c1d440063d77caec58c");

  /** What it came to in a copy of the home, of those that were half done. */
  private static final Map<String, String> HALF_DONE =
      Map.of(
          "te-nas-2dyw9a", "7bdb97f4f3ed898f143e412f7a343d42fc9180628509b91a89ff3c8299f0beba",
          "gnn-evolution-2xw7kb",
              "2bef4bb3525978b8ca5b80004bfb38c0758922017c3ca16067a96a49f7ead3b6",
          "train-mfxm3y", "c05136078089ebd51111ae1b2ba753fdc365e606bd45da8733f108df65e61bd6");

  private static final Set<ExperimentState> OVER =
      Set.of(ExperimentState.COMPLETED, ExperimentState.CANCELLED, ExperimentState.NEEDS_ATTENTION);

  @TempDir Path folder;

  @Test
  void it_lists_shows_and_exports_and_its_unfinished_experiments_end_with_the_same_bits()
      throws Exception {
    Path home = folder.resolve("home");
    unpack("/homes/36320c7.tar.xz", home);
    try (LiveHome live = LiveHome.open(home, 2)) {
      String list = live.espalier("list");
      for (Map.Entry<String, String> each : FINISHED.entrySet()) {
        assertThat(list).contains(each.getKey());
        assertThat(live.espalier("show", each.getKey())).contains(each.getValue().substring(0, 12));
      }
      Path weights = folder.resolve("weights.safetensors");
      live.espalier("export", "train-zkw4gr", "--format", "safetensors", "-o", weights.toString());
      assertThat(weights).isNotEmptyFile();
      requireArithmeticOf(live, "te-nas-2dyw9a");
      for (Map.Entry<String, String> each : HALF_DONE.entrySet()) {
        ExperimentDocument ended = ended(live, each.getKey());
        assertThat(ended.state())
            .as("%s: %s", each.getKey(), ended.reason())
            .isEqualTo(ExperimentState.COMPLETED);
        assertThat(ended.digest()).as(each.getKey()).isEqualTo(each.getValue());
      }
    }
  }

  /**
   * Another processor computes other bits, and its workers rightly leave such work alone: the rest
   * is skipped there.
   */
  private static void requireArithmeticOf(LiveHome live, String id) throws InterruptedException {
    String begun =
        live.ask(store -> store.experiments().find(id).orElseThrow()).orElseThrow().numericClass();
    String here =
        LiveHome.await(
                Duration.ofMinutes(2),
                "a worker is there",
                () ->
                    live.ask(store -> store.workers().seenWithin(Duration.ofMinutes(1)))
                        .filter(workers -> !workers.isEmpty()))
            .getFirst()
            .numericClass();
    if (!here.equals(begun)) {
      String why =
          "this machine computes as %s, and the home's work was begun as %s".formatted(here, begun);
      System.err.println("SKIPPED: " + why);
      abort(why);
    }
  }

  /** Three at once take longer than the small experiments of the other tests. */
  private static ExperimentDocument ended(LiveHome live, String id) {
    return LiveHome.await(
        Duration.ofMinutes(10),
        id + " has ended",
        () ->
            live.ask(store -> store.experiments().find(id).orElseThrow())
                .filter(experiment -> OVER.contains(experiment.state())));
  }

  private static void unpack(String resource, Path folder) throws IOException {
    try (InputStream packed =
            Objects.requireNonNull(OldHomeTest.class.getResourceAsStream(resource), resource);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path place = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(place);
        } else {
          Files.createDirectories(place.getParent());
          Files.copy(tar, place);
        }
      }
    }
  }
}
