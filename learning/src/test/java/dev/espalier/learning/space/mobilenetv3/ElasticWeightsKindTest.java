package dev.espalier.learning.space.mobilenetv3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.catalogue.CatalogueFacts;
import dev.espalier.learning.catalogue.CatalogueKinds;
import dev.espalier.learning.catalogue.TensorFile;
import dev.espalier.learning.space.CutNetworks;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.space.SupernetWeights;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.MobileNetV3;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The catalogue of models knows a supernet of MobileNetV3")
class ElasticWeightsKindTest {
  private static byte[] file() throws IOException {
    try (InputStream in =
        ElasticWeightsKindTest.class.getResourceAsStream("/golden/mobilenetv3/supernet.pt")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void byItsTensors() throws IOException {
    CatalogueKinds.Recognised recognised =
        CatalogueKinds.recognise("model.pt", TensorFile.read("model.pt", file()));
    assertThat(recognised.kind().name()).isEqualTo("supernet");
    assertThat(recognised.facts())
        .isEqualTo(new CatalogueFacts(MobileNetV3.NAME, Map.of("width", "0.05", "classes", "10")));
  }

  /** As it is kept, it is the same supernet, in which the same networks are. */
  @Test
  void inTheFormInWhichItIsKept() throws IOException {
    CutNetworks networks = (CutNetworks) NetworksBySpace.of(MobileNetV3.SPACE);
    SupernetWeights given = networks.supernet(file());
    SupernetWeights kept = networks.supernet(TensorFile.read("model.pt", file()).canonical());
    assertThat(kept.digest()).isEqualTo(given.digest());
    ElasticArchitecture one = ElasticArchitecture.parse("ks=5, e=4, d=3");
    assertThat(kept.cut(one).encode()).isEqualTo(given.cut(one).encode());
  }

  @Test
  void fromANetworkOfTheSameSpace() throws IOException {
    SequencedMap<String, NamedArray> tensors =
        new LinkedHashMap<>(
            ElasticWeights.read(file()).cut(ElasticArchitecture.parse("ks=3, e=3, d=2")).arrays());
    TensorFile network = new TensorFile(TensorFile.SAFETENSORS, tensors, Map.of());
    assertThatThrownBy(() -> CatalogueKinds.recognise("network", network))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("this is no supernet of MobileNetV3 of width 0.05 with four blocks");
  }
}
