package dev.espalier.search.space.nasbench201;

import static dev.espalier.search.drawing.Luminance.luminance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@DisplayName("A drawing")
class CellDrawingTest {
  private static final Cell BEST = Cell.ofIndex(6111);

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document svg, String element) {
    NodeList nodes = svg.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void inATerminalReadsFromLeftToRight() {
    assertThat(BEST.text())
        .isEqualTo(
            """
               ╭────────────────────────────── skip ────────────────────────────────╮
               ├──────────────── conv 3×3 ──────────────────╮                       │
               │                                            ▼                       ▼
             input ─── conv 3×3 ────▶ 1 ──── conv 3×3 ────▶ 2 ─── conv 1×1 ────▶ output
                                      │                                             ▲
                                      ╰───────────────── conv 3×3 ──────────────────╯
            """);
  }

  @Test
  void inATerminalLeavesArrowsOutWhereNothingFlows() {
    String text = Cell.parse("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|").text();
    assertThat(text).doesNotContain("▶", "▼", "▲", "─").contains("╌ none ╌");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void inATerminalFitsIntoEightyColumns(long seed) {
    Cell cell = NasBench201.SPACE.random(RandomStream.of(seed, "drawing"));
    assertThat(cell.text().lines())
        .hasSize(6)
        .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3})
  void asSvgNamesAndColoursEveryEdge(long seed) throws Exception {
    Cell cell = NasBench201.SPACE.random(RandomStream.of(seed, "drawing"));
    Document svg = parsed(cell.svg());
    assertThat(texts(svg, "title"))
        .containsExactly(
            cell.canonical(),
            "input → 1: " + cell.on(0).label(),
            "input → 2: " + cell.on(1).label(),
            "1 → 2: " + cell.on(2).label(),
            "input → output: " + cell.on(3).label(),
            "1 → output: " + cell.on(4).label(),
            "2 → output: " + cell.on(5).label());
    assertThat(texts(svg, "text"))
        .containsExactlyElementsOf(
            java.util.stream.Stream.concat(
                    cell.operators().stream().map(operator -> CellStyle.of(operator).title()),
                    java.util.stream.Stream.of("input", "1", "2", "output"))
                .toList());
    assertThat(cell.svg())
        .contains(
            cell.operators().stream().map(operator -> CellStyle.of(operator).color()).toList());
  }

  @Test
  void asSvgHasNoGroundOfItsOwnAndOneColourForEachOperator() {
    assertThat(BEST.svg()).doesNotContain("background").doesNotContain("width=\"100%\"");
    assertThat(Operator.ALL.stream().map(operator -> CellStyle.of(operator).color()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "SKIP_CONNECT", "NOR_CONV_1X1", "NOR_CONV_3X3", "AVG_POOL_3X3"})
  void hasColoursThatHoldOnLightAndDarkPages(String operator) {
    // WCAG 2.1: 3:1 for graphics.
    double luminance = luminance(CellStyle.of(Operator.valueOf(operator)).color());
    assertThat(1.05 / (luminance + 0.05)).as("on white").isGreaterThan(3);
    assertThat((luminance + 0.05) / (luminance("#0f172a") + 0.05))
        .as("on near-black")
        .isGreaterThan(3);
  }

  @Test
  void ofASupernetShowsActiveOperatorsAsStrandsAndRemovedOnesAsTraces() throws Exception {
    OperatorMask full = OperatorMask.full(NasBench201.publishedOperators());
    assertThat(texts(parsed(full.svg()), "title")).hasSize(25).noneMatch(t -> t.contains("pruned"));
    OperatorMask pruned = full.without(2, Operator.NOR_CONV_1X1);
    assertThat(texts(parsed(pruned.svg()), "title"))
        .hasSize(25)
        .contains("1 → 2: nor_conv_1x1, pruned", "1 → 2: nor_conv_3x3")
        .doesNotContain("1 → 2: nor_conv_1x1");
  }

  @Test
  void ofASupernetNamesWhatIsDecided() throws Exception {
    OperatorMask mask =
        OperatorMask.parse(
            "|avg_pool_3x3~0|+|skip_connect,nor_conv_3x3~0|none,"
                + "skip_connect~1|+|skip_connect~0|skip_connect~1|skip_connect~2|");
    List<String> texts = texts(parsed(mask.svg()), "text");
    assertThat(texts)
        .filteredOn("avg pool 3×3"::equals)
        .as("on its edge and in the legend")
        .hasSize(2);
    assertThat(texts).filteredOn("none"::equals).as("in the legend").hasSize(1);
  }

  @Test
  void forGraphvizHasEveryEdgeWithItsOperator() {
    assertThat(BEST.dot())
        .startsWith("digraph cell {")
        .endsWith("}\n")
        .contains(
            "0 -> 1 [label=\"nor_conv_3x3\"",
            "0 -> 3 [label=\"skip_connect\"",
            "2 -> 3 [label=\"nor_conv_1x1\"");
  }

  @Test
  void doesNotDependOnTheCountryItIsDrawnIn() {
    Locale before = Locale.getDefault();
    String here = BEST.svg();
    try {
      for (String tag : Set.of("de-DE", "ar-EG-u-nu-arab")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(BEST.svg()).isEqualTo(here);
        assertThat(BEST.dot()).contains("0 -> 1");
      }
    } finally {
      Locale.setDefault(before);
    }
  }
}
