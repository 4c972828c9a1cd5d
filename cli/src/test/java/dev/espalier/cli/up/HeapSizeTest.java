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
}
