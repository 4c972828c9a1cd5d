package dev.espalier.search.trainings.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.SharedData;
import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import dev.espalier.search.trainings.TrainingPolicy;
import dev.espalier.search.trainings.TrainingQuery;
import dev.espalier.search.trainings.TrainingTable;
import io.jhdf.HdfFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden mini table, in and out of every layout. */
final class TrainingFilesTest {
  private static final TrainingTable MINI = Importer.mini();

  @TempDir private Path folder;

  @Test
  void the_published_layout_is_read_with_every_training() {
    assertThat(MINI.size()).isEqualTo(48);
    assertThat(MINI.epochs()).containsExactly(4, 12, 36, 108);
    assertThat(MINI.trainings()).isEqualTo(3);
    // By h5py: metrics[5, 3, 0, 1, 2] and [0, 0, 2, 1], a crash and four numbers.
    assertThat(MINI.value(5, 0, TrainingQuery.validation(108))).isEqualTo(0.1f);
    assertThat(MINI.value(0, 0, new TrainingQuery(4, Moment.HALFWAY, Metric.TRAIN)))
        .isEqualTo(0.9818719f);
    assertThat(MINI.value(5, 2, new TrainingQuery(108, Moment.FINAL, Metric.SECONDS)))
        .isEqualTo(2520.4253f);
    assertThat(MINI.parameters(1)).hasValue(1_431_215);
    assertThat(Importer.SPACE.hash(Importer.SPACE.parse(MINI.architecture(0))))
        .isEqualTo("dda0ce98e184ec4907493a21cb97c889");
  }

  @Test
  void what_was_understood_is_said() {
    Importer importer = new Importer();
    importer.read(Importer.MINI);
    assertThat(importer.remarks())
        .anySatisfy(remark ->
            assertThat(remark)
                .endsWith(
                    "understood as 48 of the 423,624 cells of nas-bench-101, trained 4, "
                        + "12, 36, 108 epochs, up to 3 times"))
        .anySatisfy(remark -> assertThat(remark).contains("another number of parameters"));
  }

  @Test
  void records_of_another_program_give_the_rows_of_the_published_layout() {
    TrainingTable table = new Importer().read(Importer.RECORDS);
    assertThat(table.size()).isEqualTo(Importer.RECORDED.length);
    for (int row = 0; row < table.size(); row++) {
      int of = Importer.RECORDED[row];
      assertThat(table.architecture(row)).isEqualTo(MINI.architecture(of));
      assertThat(table.parameters(row)).isEqualTo(MINI.parameters(of));
      for (int epochs : MINI.epochs()) {
        for (int training = 0; training < 3; training++) {
          for (Moment moment : Moment.values()) {
            for (Metric metric : Metric.values()) {
              TrainingQuery query = new TrainingQuery(epochs, moment, metric);
              assertThat(table.value(row, training, query))
                  .isEqualTo(MINI.value(of, training, query));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_table_comes_back_from_every_layout_as_it_was(TrainingFormat format) throws IOException {
    Path file = Importer.write(MINI, format, folder.resolve("written"));
    TrainingTable again = new Importer().read(file);
    assertThat(again.architectures()).isEqualTo(MINI.architectures());
    assertThat(again.digest()).isEqualTo(MINI.digest());
    assertThat(MINI.digest())
        .isNotEqualTo(new Importer().read(Importer.RECORDS).digest())
        .isEqualTo(DIGEST);
  }

  /** Recomputed by Python from the golden file and the canonical strings: it never changes. */
  private static final String DIGEST =
      "70119b88d50c152828949694eeaeaa1f3e2e3b22001e78664f0d94d9dea1d690";

  @Test
  void the_published_layout_is_written_as_it_was_but_for_the_order_of_vertices()
      throws IOException {
    Path file = Importer.write(MINI, TrainingFormat.HDF5, folder.resolve("mini.hdf5"));
    try (HdfFile ours = new HdfFile(file);
        HdfFile golden = new HdfFile(Importer.MINI)) {
      assertThat(ours.getChildren()).hasSize(6).containsOnlyKeys(golden.getChildren().keySet());
      golden
          .getChildren()
          .keySet()
          .forEach(name -> {
            assertThat(ours.getDatasetByPath(name).getDimensions())
                .isEqualTo(golden.getDatasetByPath(name).getDimensions());
            assertThat(ours.getDatasetByPath(name).getDataType().getSize())
                .isEqualTo(golden.getDatasetByPath(name).getDataType().getSize());
            if (!name.equals("adjacency") && !name.equals("operations")) {
              assertThat(ours.getDatasetByPath(name).getData())
                  .isEqualTo(golden.getDatasetByPath(name).getData());
            }
          });
    }
  }

  @Test
  void a_stored_table_is_read_without_looking_at_its_cells() throws IOException {
    Path file = Importer.write(MINI, TrainingFormat.ARROW, folder.resolve("mini.arrow"));
    TrainingTable stored =
        TrainingFiles.stored("mini", new ByteArrayInputStream(Files.readAllBytes(file)));
    assertThat(stored.digest()).isEqualTo(MINI.digest());
    assertThat(stored.space()).isEqualTo("nas-bench-101");
  }

  @Test
  void what_is_unknown_stays_unknown() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("gaps.csv"),
            """
            architecture,epochs,training,validation,test
            output@0,4,0,0.5,
            conv3x3@0-output@1,4,1,0.6,0.55
            conv3x3@0-output@1,12,0,0.7,0.65
            """);
    Importer importer = new Importer();
    TrainingTable table = importer.read(csv);
    for (TrainingFormat format : List.of(TrainingFormat.ARROW, TrainingFormat.HDF5)) {
      Path file = Importer.write(table, format, folder.resolve("gaps"));
      TrainingTable again = new Importer().read(file);
      assertThat(again.value(0, 0, TrainingQuery.validation(4))).isEqualTo(0.5f);
      assertThat(again.value(0, 0, TrainingQuery.test(4))).isNaN();
      assertThat(again.value(1, 0, TrainingQuery.validation(4))).isNaN();
      assertThat(again.value(1, 1, TrainingQuery.test(4))).isEqualTo(0.55f);
      assertThat(again.parameters(0)).isEmpty();
    }
    assertThat(table.accuracies(TrainingPolicy.FIRST).architectures())
        .containsExactly("conv3x3@0-output@1"); // at 12 epochs
    assertThat(importer.remarks())
        .anySatisfy(remark ->
            assertThat(remark).contains("2 cells have fewer than 2 trainings of 4 epochs"));
  }

  @Test
  void compressed_records_are_unpacked_on_the_way() throws IOException {
    Path file = folder.resolve("records.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      Files.copy(Importer.RECORDS, out);
    }
    assertThat(new Importer().read(file).digest())
        .isEqualTo(new Importer().read(Importer.RECORDS).digest());
  }

  @Test
  void real_trainings_of_four_epochs_are_read_from_their_csv() {
    Importer importer = new Importer();
    TrainingTable table = importer.read(SharedData.file("data/nasbench101/ecnas_4epoch.csv"));
    assertThat(table.size()).isEqualTo(2532);
    assertThat(table.epochs()).containsExactly(4);
    // 91 cells were trained three times and then once more for the larger space.
    assertThat(table.trainings()).isEqualTo(4);
    assertThat(importer.remarks())
        .anySatisfy(remark -> assertThat(remark).contains("91 rows have the number of another"));
    int row =
        table
            .row(
                Importer.SPACE
                    .parse("0110/0010/0001/0000 input maxpool3x3 maxpool3x3 output")
                    .canonical())
            .orElseThrow();
    assertThat(table.value(row, 1, TrainingQuery.validation(4))).isEqualTo(0.360677f);
    assertThat(table.value(row, 1, new TrainingQuery(4, Moment.FINAL, Metric.SECONDS)))
        .isEqualTo(71.617f);
  }

  @Test
  void real_cells_are_read_from_their_json() {
    Importer importer = new Importer();
    TrainingTable table = importer.read(SharedData.file("golden/neuralpredictor/real_cells.json"));
    assertThat(table.size()).isEqualTo(292);
    int row =
        table
            .row(
                Importer.SPACE
                    .parse(
                        "011111/000001/000001/000010/000001/000000 input maxpool3x3 maxpool3x3 conv3x3 conv3x3 output")
                    .canonical())
            .orElseThrow();
    assertThat(table.get(TrainingPolicy.FIRST, row, TrainingQuery.validation(108)))
        .isEqualTo(0.92578125);
    assertThat(importer.remarks())
        .anySatisfy(remark -> assertThat(remark).contains("no column epochs"))
        .anySatisfy(remark -> assertThat(remark).contains("left out:").contains("params_million"));
  }

  @Test
  void the_answers_of_the_benchmarks_own_interface_are_read() throws IOException {
    Path json =
        Files.writeString(
            folder.resolve("api.json"),
            """
            {"001a6fcc8b38cbc515be788a86bdc804": [
              {"module_adjacency": [[0,1,1,0],[0,0,1,0],[0,0,0,1],[0,0,0,0]],
               "module_operations": ["input", "maxpool3x3", "maxpool3x3", "output"],
               "trainable_parameters": 1756298},
              {"4": [{"halfway_training_time": 10.5, "halfway_train_accuracy": 0.1,
                      "halfway_validation_accuracy": 0.11, "halfway_test_accuracy": 0.12,
                      "final_training_time": 20.5, "final_train_accuracy": 0.2,
                      "final_validation_accuracy": 0.21, "final_test_accuracy": 0.22},
                     {"final_validation_accuracy": 0.31}],
               "12": [{"final_validation_accuracy": 0.41}]}]}
            """,
            StandardCharsets.UTF_8);
    TrainingTable table = new Importer().read(json);
    assertThat(table.value(0, 0, new TrainingQuery(4, Moment.HALFWAY, Metric.TEST)))
        .isEqualTo(0.12f);
    assertThat(table.value(0, 0, new TrainingQuery(4, Moment.FINAL, Metric.SECONDS)))
        .isEqualTo(20.5f);
    assertThat(table.value(0, 1, TrainingQuery.validation(4))).isEqualTo(0.31f);
    assertThat(table.value(0, 0, TrainingQuery.validation(12))).isEqualTo(0.41f);
    assertThat(table.parameters(0)).hasValue(1_756_298);
  }

  @Test
  void a_policy_makes_a_table_of_one_accuracy_a_cell() {
    String crashedOnce = MINI.architecture(3);
    assertThat(
            MINI.accuracies(TrainingPolicy.FIRST).accuracy(crashedOnce).orElseThrow().validation())
        .isLessThan(0.2);
    assertThat(
            MINI.accuracies(TrainingPolicy.RESAMPLE)
                .accuracy(crashedOnce)
                .orElseThrow()
                .validation())
        .isEqualTo(MINI.value(3, 1, TrainingQuery.validation(108)));
    assertThat(MINI.accuracies(TrainingPolicy.MEAN).size()).isEqualTo(48);
  }

  private static Path resource(String name) {
    return Path.of("src/test/resources/dev/espalier/search/trainings").resolve(name);
  }

  /** Text of any length, what is true or false, numbers of eight bytes, compressed pieces. */
  @Test
  void the_published_layout_is_read_in_other_types_and_with_108_epochs_alone() {
    TrainingTable table = new Importer().read(resource("other-types-by-h5py.hdf5"));
    assertThat(table.epochs()).containsExactly(108);
    assertThat(table.architectures()).isEqualTo(MINI.architectures().subList(0, 6));
    for (int row = 0; row < 6; row++) {
      for (int training = 0; training < 3; training++) {
        assertThat(table.value(row, training, TrainingQuery.test(108)))
            .isEqualTo(MINI.value(row, training, TrainingQuery.test(108)));
      }
      assertThat(table.parameters(row)).isEqualTo(MINI.parameters(row));
    }
  }

  @Test
  void columns_of_another_program_are_read_and_what_is_left_out_is_said() {
    Importer importer = new Importer();
    TrainingTable table = importer.read(resource("by-pyarrow.feather"));
    assertThat(table.architectures()).containsExactly("conv3x3@0-output@1", "output@0");
    assertThat(table.value(0, 0, TrainingQuery.test(4))).isEqualTo(0.5f);
    assertThat(table.value(1, 0, TrainingQuery.test(4))).isNaN();
    assertThat(table.value(1, 1, TrainingQuery.test(4))).isEqualTo(0.75f);
    assertThat(table.parameters(0)).isEmpty();
    assertThat(table.parameters(1)).hasValue(7);
    assertThat(importer.remarks()).anyMatch(remark -> remark.endsWith("columns left out: note"));
  }

  @Test
  void what_is_not_a_number_in_json_is_unknown() throws IOException {
    Path json =
        Files.writeString(
            folder.resolve("nan.json"),
            "[{\"architecture\": \"output@0\", \"test\": NaN, \"validation\": 0.5}]");
    TrainingTable table = new Importer().read(json);
    assertThat(table.value(0, 0, TrainingQuery.test(108))).isNaN();
    assertThat(table.value(0, 0, TrainingQuery.validation(108))).isEqualTo(0.5f);
  }

  @Test
  void rows_that_came_twice_are_told_of() throws IOException {
    String cell = "conv3x3@0-output@1,";
    Path numbered = folder.resolve("numbered.csv");
    Files.writeString(
        numbered, "architecture,seed,test\n" + (cell + "777,0.5\n").repeat(2) + cell + "777,0.6\n");
    Importer importer = new Importer();
    assertThat(importer.read(numbered).trainings()).isEqualTo(2);
    assertThat(importer.remarks())
        .anyMatch(remark -> remark.contains("1 row is word for word that of another training"))
        .anyMatch(remark -> remark.contains("1 row has the number of another training"));
    Path plain = folder.resolve("plain.csv");
    Files.writeString(plain, "architecture,test\n" + (cell + "0.5\n").repeat(2));
    assertThat(importer.read(plain).trainings()).isEqualTo(2);
    assertThat(importer.remarks())
        .anyMatch(remark -> remark.contains("1 row has all numbers of another training"));
  }
}
