package dev.espalier.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.data.KnownDataset;
import dev.espalier.api.launch.KnownData;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataTableTest {
  private static DatasetDocument here(String name) {
    return new DatasetDocument(
        "a".repeat(64),
        name,
        DatasetDocument.IMAGES,
        new DatasetContents(3, 32, 32, 10, List.of(), 73_257, 26_032),
        "a".repeat(64),
        "svhn",
        Instant.EPOCH);
  }

  private static List<String> lines(DatasetDocument... here) {
    return DataTable.lines(List.of(here), KnownDataset.all(), Style.plain());
  }

  @Test
  void tellsWhatIsHereWhatCanBeFetchedAndWhatOnlyAPersonCanGet() {
    List<String> lines = lines(here("svhn"));

    assertThat(lines.get(1)).contains("svhn", "images", "3x32x32", "73,257", "26,032", "aaaaaaaa");
    int fetched = lines.indexOf("Can be fetched with: espalier data fetch NAME");
    int byHand = lines.indexOf("Only a person can get; espalier data fetch NAME says how:");
    assertThat(lines.subList(fetched, byHand))
        .anyMatch(line -> line.startsWith("  cifar10 "))
        .anyMatch(line -> line.startsWith("  nats-bench "))
        .noneMatch(line -> line.startsWith("  svhn "));
    assertThat(lines.subList(byHand + 1, lines.size()))
        .singleElement()
        .asString()
        .startsWith("  imagenet16-120 157,700 colour pictures, 16 x 16, 120 classes");
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  /** The API does not see where data comes from, and so has the names a second time. */
  @Test
  void theApiKnowsTheSameImages() {
    assertThat(KnownData.fetchable())
        .containsExactlyInAnyOrderElementsOf(
            KnownDataset.all().stream()
                .filter(each -> each.isFetchable() && !each.format().isTable())
                .map(KnownDataset::name)
                .toList());
  }
}
