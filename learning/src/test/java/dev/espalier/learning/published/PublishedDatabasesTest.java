package dev.espalier.learning.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.data.SharedFiles;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.meta.MetaRow;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.meta.MetaTask;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files: {@code golden/metad2a/README.md}. */
final class PublishedDatabasesTest {
  @TempDir private Path folder;
  private final Remarks remarks = new Remarks();

  private static Path golden(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(
                  PublishedDatabasesTest.class.getResource("/golden/metad2a/" + name))
              .toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private MetaDatabase read(Path file) throws IOException {
    Path target = folder.resolve("canonical");
    PublishedDatabases.convert(file, target, remarks);
    return MetaDatabase.open(file.toString(), target);
  }

  private static List<MetaRow> rows(MetaDatabase database) {
    return IntStream.range(0, database.rows()).mapToObj(database::row).toList();
  }

  @Test
  void readsTasksWithTheirPermutationAndClasses() throws IOException {
    MetaDatabase database = read(golden("published/meta_train_tasks_predictor.pt"));

    assertThat(database.header().kind()).isEqualTo(MetaHeader.PREDICTOR);
    assertThat(database.header().space()).isEqualTo("nas-bench-201");
    assertThat(database.header().collectionClasses()).isEqualTo(1000);
    assertThat(database.tasks()).isEqualTo(3);
    assertThat(database.task(0)).isEqualTo(new MetaTask("task-0", List.of(4, 0, 8)));
    assertThat(database.task(1).classes()).containsExactly(1, 2, 3);
    assertThat(database.row(0))
        .isEqualTo(
            new MetaRow(
                2,
                "|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|nor_conv_1x1~0|avg_pool_3x3~1|nor_conv_3x3~2|",
                55.5,
                MetaSplit.VALIDATION));
    assertThat(database.row(4))
        .isEqualTo(
            new MetaRow(
                2,
                "|none~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|avg_pool_3x3~0|none~1|nor_conv_1x1~2|",
                80,
                MetaSplit.VALIDATION));
    assertThat(remarks.all())
        .anyMatch(each -> each.contains("15 edges"))
        .noneMatch(each -> each.contains("11 edges"))
        .noneMatch(each -> each.contains("another wiring"));
  }

  @Test
  void tellsTheGeneratorsDatabaseAndTheOtherWiring() throws IOException {
    MetaDatabase database = read(golden("published/meta_train_tasks_generator.pt"));

    assertThat(database.header().kind()).isEqualTo(MetaHeader.GENERATOR);
    assertThat(database.rows()).isEqualTo(1);
    assertThat(database.row(0).split()).isEqualTo(MetaSplit.TRAIN);
    assertThat(remarks.all())
        .anyMatch(each -> each.contains("11 edges"))
        .anyMatch(each -> each.contains("meta_train_tasks_generator_idx.pt is not beside it"));
  }

  @Test
  void readsTheGoldenToyOfTasks() throws IOException {
    MetaDatabase database = read(golden("meta_train_tasks_toy.pt"));

    assertThat(rows(database))
        .extracting(MetaRow::accuracyPercent)
        .containsExactly(55.5, 66.25, 71.0);
    assertThat(rows(database).getFirst().architecture())
        .startsWith(
            "|nor_conv_1x1~0|+|none~0|skip_connect~1|+|none~0|nor_conv_3x3~1|nor_conv_1x1~2|");
    assertThat(database.tasks()).isEqualTo(3);
    assertThat(database.row(0).task()).isEqualTo(2);
    assertThat(remarks.all())
        .anyMatch(each -> each.contains("taken for the predictor's"))
        .anyMatch(each -> each.contains("15 edges"))
        .anyMatch(each -> each.contains("meta_train_task_lst.pt is not beside it"));
  }

  @Test
  void readsTheGoldenToyOfTheBenchmarkWithADataSetATask() throws IOException {
    MetaDatabase database = read(golden("nasbench201_toy.pt"));

    assertThat(database.tasks()).isEqualTo(2);
    assertThat(database.task(1).name()).isEqualTo("cifar100");
    assertThat(database.rows()).isEqualTo(10);
    assertThat(database.row(0).accuracyPercent()).isEqualTo(91.1);
    assertThat(database.row(6))
        .isEqualTo(new MetaRow(1, database.row(1).architecture(), 71.0, MetaSplit.TEST));
    assertThat(database.row(1).architecture())
        .startsWith("|skip_connect~0|+|none~0|nor_conv_3x3~1|+|avg_pool_3x3~0|avg_pool_3x3~1|");
  }

  @Test
  void readsSubNetworksOfASupernet() throws IOException {
    MetaDatabase database = read(golden("published/collected_database.pt"));

    assertThat(database.header().space()).isEqualTo("mobilenet-v3");
    assertThat(database.rows()).isEqualTo(7);
    assertThat(database.tasks()).isEqualTo(2);
    assertThat(database.task(0).classes()).containsExactly(0, 2, 3);
    assertThat(database.task(1).classes()).containsExactly(4, 1);
    assertThat(database.row(3).accuracyPercent()).isEqualTo(73);
    assertThat(database.row(3).task()).isEqualTo(1);
    assertThat(rows(database)).extracting(MetaRow::split).contains(MetaSplit.TEST);
    assertThat(rows(database)).extracting(MetaRow::architecture).doesNotHaveDuplicates();
  }

  @Test
  void readsTheClassesOfTasksByThemselves() throws IOException {
    MetaDatabase database = read(golden("published/meta_train_task_lst.pt"));

    assertThat(database.rows()).isZero();
    assertThat(database.task(2).classes()).containsExactly(599, 6, 7);
  }

  @Test
  void aCheckpointAndFeaturesAreRefusedByWhatTheyAre() {
    assertThatThrownBy(() -> read(golden("published/checkpoint.pt")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("checkpoint.pt is a checkpoint: the weights of a network")
        .hasMessageContaining("espalier model import");
    assertThatThrownBy(() -> read(golden("toybylabel.pt")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("features of images by class")
        .hasMessageContaining("--format features");
  }

  @Test
  void aFolderIsLookedThroughForTheOneFileThatCanBeMeant() throws IOException {
    Files.copy(
        golden("published/meta_train_tasks_generator.pt"),
        Files.createDirectory(folder.resolve("one")).resolve("meta_train_tasks_generator.pt"));

    assertThat(read(folder.resolve("one")).rows()).isEqualTo(1);
    assertThatThrownBy(() -> read(golden("published")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("collected_database.pt, meta_train_tasks_generator.pt");
  }

  @Test
  void theCanonicalFileIsTakenAsItIs() throws IOException {
    MetaDatabase database = read(golden("nasbench201_toy.pt"));
    Path exported = Files.copy(folder.resolve("canonical"), folder.resolve("exported"));

    assertThat(read(exported).digest()).isEqualTo(database.digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          task,arch,accuracy\\n0,|none~0|,70;row 1: ;|none~0|
          task,arch,accuracy\\n0,A,170;row 1: ;between 0 and 100
          task,arch,accuracy\\n0,A,x;row 1: ;is no number
          task,arch,accuracy,split\\n0,A,70,odd;row 1: ;split odd is not known
          task,arch,accuracy\\nx,A,70;row 1: ;no whole number
          task,arch,accuracy\\n0,A,0.7\\n1,A,0.91;no accuracy is above 1 percent: ratios?;Multiply them by 100
          """)
  void tellsWhichRowOfATableIsWrong(String table, String where, String what) throws IOException {
    String cell = "|none~0|+|none~0|none~1|+|none~0|none~1|nor_conv_3x3~2|";
    Path file = folder.resolve("table.csv");
    Files.writeString(file, table.replace("\\n", "\n").replace(",A,", "," + cell + ",") + "\n");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(where)
        .hasMessageContaining(what);
  }

  @Test
  void readsTheTablesOfRealTasks() throws IOException {
    MetaDatabase database = read(SharedFiles.of("data/metad2a/meta_train_predictor.csv"));

    assertThat(database.rows()).isEqualTo(4_630);
    assertThat(database.tasks()).isEqualTo(5_000);
    assertThat(database.task(0).classes()).hasSize(20).startsWith(337, 237);
    List<MetaRow> rows = rows(database);
    assertThat(rows).filteredOn(row -> row.split() == MetaSplit.VALIDATION).hasSize(400);
    assertThat(rows).filteredOn(row -> row.split() == MetaSplit.TRAIN).hasSize(4_230);
    assertThat(rows.getFirst())
        .isEqualTo(
            new MetaRow(
                3_890,
                "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|",
                74.8,
                MetaSplit.VALIDATION));
    assertThat(rows.stream().mapToDouble(MetaRow::accuracyPercent).min()).hasValue(40.99);
    assertThat(rows.stream().mapToDouble(MetaRow::accuracyPercent).max()).hasValue(86);
    assertThat(new ArrayList<>(rows).stream().map(MetaRow::task).distinct()).hasSize(3_031);
  }

  @Test
  void aRealCheckpointIsRefusedAsADatabase() {
    Path checkpoint = SharedFiles.of("data/metad2a/generator_ckpt_400.pt");
    assertThatThrownBy(() -> read(checkpoint))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is a checkpoint");
  }
}
