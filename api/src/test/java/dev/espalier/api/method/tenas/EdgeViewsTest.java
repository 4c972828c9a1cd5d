package dev.espalier.api.method.tenas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.method.tenas.EdgeViews.Found;
import dev.espalier.api.method.tenas.TeNasFindings.EdgeView;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Edges as the page names them. */
class EdgeViewsTest {
  @Test
  void haveTheNumbersOfTheSupernet() {
    assertThat(EdgeViews.all(NasBench201.SPACE.supernet(false)))
        .hasSize(6)
        .startsWith(new EdgeView(1, 0, null), new EdgeView(2, 0, null));
    List<EdgeView> edges = EdgeViews.all(DartsSpace.SPACE.supernet(false));
    assertThat(edges).hasSize(28).doesNotHaveDuplicates();
    assertThat(edges.get(4)).isEqualTo(new EdgeView(3, 2, "normal"));
    assertThat(edges.getLast()).isEqualTo(new EdgeView(5, 4, "reduce"));
  }

  @Test
  void ofAGenotypeAreItsGenes() {
    Genotype genotype = DartsSpace.SPACE.random(RandomStream.of(0, "genotype"));
    Found found = EdgeViews.found(genotype);
    assertThat(found.edges()).hasSize(16);
    assertThat(found.operators()).hasSize(16);
    assertThat(found.edges().get(15).source()).isEqualTo(genotype.reduce().genes().get(7).source());
    assertThat(found.operators().get(15))
        .isEqualTo(genotype.reduce().genes().get(7).operator().label());
    assertThat(EdgeViews.found(NasBench201.SPACE.random(RandomStream.of(0, "cell"))).edges())
        .hasSize(6);
  }
}
