package dev.espalier.search.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClassSubsetTest {
  private static final String IMAGES = Digest.sha256("images");

  @Test
  void isFoundAgainByItsDigest() {
    ClassSubset subset = new ClassSubset(IMAGES, List.of(3, 17, 0));
    assertThat(subset.digest()).isEqualTo(IMAGES + "/3.17.0");
    assertThat(ClassSubset.of(subset.digest())).contains(subset);
  }

  @Test
  void theDigestOfAWholeDataSetNamesNoSubset() {
    assertThat(ClassSubset.of(IMAGES)).isEmpty();
    assertThat(ClassSubset.of(IMAGES + "/")).isEmpty();
    assertThat(ClassSubset.of(IMAGES + "/1.x")).isEmpty();
  }

  @Test
  void oneClassIsNoTask() {
    assertThatThrownBy(() -> new ClassSubset(IMAGES, List.of(3)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least two classes");
  }
}
