package dev.espalier.search.space.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayersDrawingTest {

  private static final ParallelArchitecture THREE =
      ParallelArchitecture.parse("skip+sep3+dil5|sep3|sep5+dil5");

  @Test
  void drawsTheLayersSideBySideForATerminal() {
    assertThat(THREE.text())
        .isEqualTo(
            """
                      1            2            3
             in ┬─ skip ─┬─⊕─── sep3 ───⊕─┬─ sep5 ─┬─⊕─ out
                ├─ sep3 ─┤                ╰─ dil5 ─╯
                ╰─ dil5 ─╯
            """);
  }

  @Test
  void drawsTheSixthLayerBelow() {
    ParallelArchitecture seven = ParallelArchitecture.parse("skip|skip|skip|skip|skip|sep3|dil3");

    assertThat(seven.text().lines())
        .hasSize(4)
        .element(1)
        .satisfies(line -> assertThat(line).endsWith("…"));
    assertThat(seven.text()).contains("dil3", " out");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyDrawingNamesEveryOperationAndIsAsWideAsATerminal(long seed) throws Exception {
    ParallelArchitecture random =
        ParallelSpace.PUBLISHED.random(RandomStream.of(seed, "layers-drawing"));
    int operations = random.layers().stream().mapToInt(Set::size).sum();

    assertThat(random.text().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
    assertThat(random.dot().split("shape=box", -1)).hasSize(operations + 1);
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(random.svg().getBytes(StandardCharsets.UTF_8)));
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(operations);
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(6);
  }
}
