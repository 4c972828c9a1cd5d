package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state that a later version has given to an experiment. */
final class UnknownStateTest {
  @TempDir Path folder;

  @Test
  void harmsOnlyTheExperimentThatIsInIt() {
    try (EmbeddedStore embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
        Store store = Store.connect(embedded.uri());
        MongoClient raw = MongoClients.create(embedded.uri())) {
      store.experiments().insert(launched("later"));
      store.experiments().insert(launched("ours"));
      MongoCollection<Document> experiments =
          raw.getDatabase("espalier").getCollection("experiments");
      experiments.updateOne(
          new Document("_id", "later"), new Document("$set", new Document("state", "HIBERNATING")));

      assertThat(store.experiments().list())
          .extracting(ExperimentSummary::id)
          .containsExactlyInAnyOrder("later", "ours");
      assertThat(store.experiments().list(List.of("later")))
          .singleElement()
          .satisfies(summary -> {
            assertThat(summary.state()).isEqualTo(ExperimentState.NEEDS_ATTENTION);
            assertThat(summary.reason())
                .contains("its state is \"HIBERNATING\", which this version does not know");
          });
      assertThat(store.experiments().find(List.of("later", "ours"))).hasSize(1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.experiments().find("later"))
          .withMessageContaining("HIBERNATING");
    }
  }

  private static ExperimentDocument launched(String id) {
    return ExperimentDocument.launched(
        id, "{\"method\":\"m\"}", "", List.of(), Instant.EPOCH, "ada", "1");
  }
}
