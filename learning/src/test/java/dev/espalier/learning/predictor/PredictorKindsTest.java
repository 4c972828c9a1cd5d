package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Methods;
import dev.espalier.search.specification.SpecificationReader;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A specification can ask for exactly the kinds that there are. */
class PredictorKindsTest {
  @Test
  void theSchemaNamesEveryKind() {
    JsonNode predictor =
        Json.read(SpecificationReader.schema(Methods.named("gnn-evolution")), JsonNode.class)
            .at("/properties/predictor/properties");

    assertThat(words(predictor.at("/kind/enum"))).isEqualTo(Predictors.kinds());
    assertThat(words(predictor.at("/compared/items/enum"))).isEqualTo(Predictors.kinds());
  }

  private static List<String> words(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
