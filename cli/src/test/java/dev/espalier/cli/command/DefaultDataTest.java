package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultDataTest {

  private static DatasetDocument data(String name, String kind, long imported) {
    return new DatasetDocument(
        "ab".repeat(32),
        name,
        kind,
        new DatasetContents(3, 32, 32, 10, List.of(), 50_000, 10_000),
        "ab".repeat(32),
        "cifar10",
        Instant.ofEpochSecond(imported));
  }

  @Test
  void withNothingImportedThePresetsIsFetched() {
    assertThat(DefaultData.insteadOf("fashion-mnist", List.of(data("nb201", "table", 9))))
        .isEmpty();
  }

  @Test
  void whatWasImportedLastIsTakenWhereThePresetsIsNotHere() {
    assertThat(
            DefaultData.insteadOf(
                "fashion-mnist", List.of(data("mine", "images", 2), data("old", "images", 1))))
        .contains("mine");
  }

  @Test
  void thePresetsIsTakenWhereItIsHere() {
    assertThat(
            DefaultData.insteadOf(
                "fashion-mnist",
                List.of(data("mine", "images", 2), data("fashion-mnist", "images", 1))))
        .isEmpty();
  }

  @Test
  void aSpecificationMayNameItsData() {
    assertThat(DefaultData.isNamedIn("method: te-nas\ndata: mine\n")).isTrue();
    assertThat(DefaultData.isNamedIn("method: te-nas\n")).isFalse();
  }
}
