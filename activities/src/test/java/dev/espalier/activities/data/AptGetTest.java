package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in the place of apt-get. */
class AptGetTest {
  @TempDir Path folder;

  private AptGet scripted(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("fake-apt"), script);
    return new AptGet(List.of("sh", file.toString()), Duration.ofSeconds(20));
  }

  @Test
  void downloadsWithTheSystemsLists() throws IOException {
    AptGet apt = scripted("echo \"$@\" >> ../calls; touch data-pack_1.0_all.deb");

    Path deb = apt.download("data-pack", folder.resolve("d"), line -> {});

    assertThat(deb).exists().hasFileName("data-pack_1.0_all.deb");
    assertThat(Files.readAllLines(folder.resolve("calls")))
        .singleElement()
        .asString()
        .endsWith("download data-pack");
  }

  @Test
  void readsFreshListsOfItsOwnWhereTheSystemHasNone() throws IOException {
    AptGet apt =
        scripted(
            """
            echo "$@" >> ../calls
            case "$*" in
              *Dir::State::Lists=*update) touch ../fresh;;
              *Dir::State::Lists=*download*) [ -f ../fresh ] && touch data-pack_2.0_all.deb;;
              *) echo "E: Unable to locate package data-pack"; exit 100;;
            esac
            """);

    assertThat(apt.download("data-pack", folder.resolve("d"), line -> {}))
        .hasFileName("data-pack_2.0_all.deb");
    assertThat(Files.readAllLines(folder.resolve("calls"))).hasSize(3);
  }

  @Test
  void saysWhatItSaid() throws IOException {
    AptGet apt =
        scripted("echo noise; echo 'E: Unable to locate package data-pack'; echo more; exit 100");
    assertThatThrownBy(() -> apt.download("data-pack", folder.resolve("d"), line -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("apt-get update ended with 100: E: Unable to locate package data-pack");
  }

  @Test
  void endsWhatTakesTooLong() throws IOException {
    Path file = Files.writeString(folder.resolve("fake-apt"), "exec tail -f /dev/null");
    AptGet apt = new AptGet(List.of("sh", file.toString()), Duration.ofMillis(200));
    assertThatThrownBy(() -> apt.download("data-pack", folder.resolve("d"), line -> {}))
        .hasMessageContaining("took longer than");
  }

  @Test
  void isAFailureOfThisSourceWhereThereIsNoApt() {
    AptGet apt = new AptGet(List.of(folder.resolve("nothing").toString()), Duration.ofSeconds(5));
    assertThatThrownBy(() -> apt.download("data-pack", folder.resolve("d"), line -> {}))
        .isInstanceOf(IOException.class);
  }
}
