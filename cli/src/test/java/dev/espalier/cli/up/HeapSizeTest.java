package dev.espalier.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapSizeTest {
  @ParameterizedTest(name = "{0} slots on {1} MB: {2} MB")
  @CsvSource({
    "1, 32000, 2048",
    "2, 24000, 2048",
    "8, 64000, 5120",
    "64, 256000, 33792",
    "64, 16000, 8000",
    "2, 2000, 1000",
    "1, 512, 768"
  })
  void isHalfAGigabyteASlotButNoMoreThanHalfTheMachine(int slots, long machine, long wanted) {
    assertThat(HeapSize.megabytes(slots, machine)).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0} cores and {1} MB: {2} slots")
  @CsvSource({"1, 1000, 1", "2, 24000, 2", "64, 256000, 64", "64, 32000, 39", "64, 2000, 1"})
  void givesNoMoreSlotsThanThereIsMemoryFor(int cores, long machine, int wanted) {
    assertThat(HeapSize.slots(cores, machine)).isEqualTo(wanted);
  }
}
