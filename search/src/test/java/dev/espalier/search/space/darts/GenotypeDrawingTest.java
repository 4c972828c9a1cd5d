package dev.espalier.search.space.darts;

import static dev.espalier.search.drawing.Luminance.luminance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.darts.DartsCell.Gene;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@DisplayName("A genotype's drawing")
class GenotypeDrawingTest {
  private static final Genotype DARTS_V2 = Genotype.parse(PublishedGenotypes.DARTS_V2);

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
  void inATerminalShowsBothCellsSideBySide() {
    assertThat(DARTS_V2.text())
        .isEqualTo(
            """
             normal cell                            reduction cell
             k-2 ── sep 3×3 ───────╮                k-2 ── max pool 3×3 ──╮
             k-1 ── sep 3×3 ───────┴─▶ 2            k-1 ── max pool 3×3 ──┴─▶ 2
             k-2 ── sep 3×3 ───────╮                k-1 ── max pool 3×3 ──╮
             k-1 ── sep 3×3 ───────┴─▶ 3            2   ── skip ──────────┴─▶ 3
             k-2 ── skip ──────────╮                k-2 ── max pool 3×3 ──╮
             k-1 ── sep 3×3 ───────┴─▶ 4            2   ── skip ──────────┴─▶ 4
             k-2 ── skip ──────────╮                k-1 ── max pool 3×3 ──╮
             2   ── dil 3×3 ───────┴─▶ 5            2   ── skip ──────────┴─▶ 5
             2, 3, 4 and 5 ─▶ output                2, 3, 4 and 5 ─▶ output
            """);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3})
  void asSvgNamesAndColoursEveryGene(long seed) throws Exception {
    Genotype genotype = DartsSpace.SPACE.random(RandomStream.of(seed, "drawing"));
    Document svg = parsed(genotype.svg());
    List<String> titles = new ArrayList<>(List.of(genotype.canonical()));
    for (CellType type : CellType.ALL) {
      for (int node = 0; node < 4; node++) {
        for (Gene gene : genotype.cell(type).into(node)) {
          titles.add(
              "%s → %d: %s"
                  .formatted(
                      List.of("k-2", "k-1", "2", "3", "4").get(gene.source()),
                      2 + node,
                      gene.operator().label()));
          assertThat(genotype.svg()).contains(DartsStyle.of(gene.operator()).color());
        }
      }
    }
    assertThat(texts(svg, "title")).containsExactlyElementsOf(titles);
    assertThat(texts(svg, "text")).contains("normal cell", "reduction cell", "k-2", "5", "output");
  }

  @Test
  void ofASupernetTellsWhatWasPruned() throws Exception {
    DartsMask full = DartsSpace.SPACE.supernet(false);
    assertThat(texts(parsed(full.svg()), "title"))
        .hasSize(1 + 28 * 7)
        .noneMatch(title -> title.endsWith("pruned"));
    DartsMask pruned = full.without(15, "max_pool_3x3");
    assertThat(texts(parsed(pruned.svg()), "title"))
        .filteredOn(title -> title.endsWith("pruned"))
        .containsExactly("reduce 1→2 max_pool_3x3, pruned");
    assertThat(texts(parsed(DartsSpace.SPACE.supernet(true).svg()), "title")).hasSize(1 + 28 * 8);
  }

  @Test
  void forGraphvizHasACellInEachCluster() {
    assertThat(DARTS_V2.dot())
        .startsWith("digraph genotype {")
        .contains("subgraph cluster_normal", "subgraph cluster_reduce")
        .contains("normal_0 -> normal_2 [label=\"sep_conv_3x3\"")
        .contains("reduce_2 -> reduce_5 [label=\"skip_connect\"")
        .contains("reduce_5 -> reduce_output");
  }

  @ParameterizedTest
  @EnumSource(DartsOperator.class)
  void hasColoursThatHoldOnLightAndDarkPages(DartsOperator operator) {
    // WCAG 2.1: 3:1 for graphics.
    double luminance = luminance(DartsStyle.of(operator).color());
    assertThat(1.05 / (luminance + 0.05)).as("on white").isGreaterThan(3);
    assertThat((luminance + 0.05) / (luminance("#0f172a") + 0.05))
        .as("on near-black")
        .isGreaterThan(3);
  }

  @Test
  void hasOneColourForEachOperator() {
    assertThat(DartsOperator.ALL.stream().map(operator -> DartsStyle.of(operator).color()))
        .doesNotHaveDuplicates();
  }
}
