package dev.espalier.search.space.mobilenetv3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A drawing of a MobileNetV3 network")
class ElasticDrawingTest {
  @Test
  void hasALineForEachStageInATerminal() {
    assertThat(
            ElasticArchitecture.parse(
                    "k3e3-k5e6|k7e4-k3e3-k3e4|k3e6-k3e6|k5e4-k5e4-k5e4-k5e6|k7e6-k7e6")
                .text())
        .isEqualTo(
            """
             input
             24 channels, halved  ─▶ k3e3 ─▶ k5e6    ·       ·
             40 channels, halved  ─▶ k7e4 ─▶ k3e3 ─▶ k3e4    ·
             80 channels, halved  ─▶ k3e6 ─▶ k3e6    ·       ·
             112 channels         ─▶ k5e4 ─▶ k5e4 ─▶ k5e4 ─▶ k5e6
             160 channels, halved ─▶ k7e6 ─▶ k7e6    ·       ·    ─▶ output
            """);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void showsEveryBlockAndWhereOneIsMissing(long seed) throws Exception {
    ElasticArchitecture drawn = MobileNetV3.SPACE.random(RandomStream.of(seed, "drawing"));
    int blocks = drawn.blocks().size();
    assertThat(drawn.dot().split("shape=box", -1)).hasSize(blocks + 1);
    assertThat(drawn.dot().split(" -> ", -1)).hasSize(blocks + 2);
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(drawn.svg().getBytes(StandardCharsets.UTF_8)));
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(blocks);
    // rings, input and output
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(20 - blocks + 2);
    assertThat(svg.getElementsByTagName("title").getLength()).isEqualTo(1 + blocks);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"ar-EG", "de-DE", "tr-TR", "hi-IN-u-nu-deva"})
  void isTheSameInAllLanguages(String tag) {
    ElasticArchitecture drawn = MobileNetV3.SPACE.random(RandomStream.of(1, "drawing"));
    String before = drawn.svg() + drawn.dot() + drawn.text() + drawn.canonical();
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertThat(drawn.svg() + drawn.dot() + drawn.text() + drawn.canonical()).isEqualTo(before);
      assertThat(ElasticArchitecture.parse(drawn.canonical().toUpperCase(Locale.ROOT)))
          .isEqualTo(drawn);
    } finally {
      Locale.setDefault(usual);
    }
  }
}
