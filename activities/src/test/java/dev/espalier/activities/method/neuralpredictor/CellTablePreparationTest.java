package dev.espalier.activities.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.activities.data.ArchitectureTables;
import dev.espalier.activities.fixture.ArchitectureTableDocuments;
import dev.espalier.activities.fixture.Workbench;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.workflows.method.neuralpredictor.PreparedTable;
import dev.espalier.workflows.method.neuralpredictor.SplitResult;
import dev.espalier.workflows.method.neuralpredictor.TableActivities;
import dev.espalier.workflows.method.neuralpredictor.TableActivities.PrepareTable;
import dev.espalier.workflows.method.neuralpredictor.TableActivities.SplitCells;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A table for Neural Predictor")
class CellTablePreparationTest {
  private static final StageRef REF =
      new StageRef(Workbench.EXPERIMENT, "prepare-data", Workbench.STAGE_KEY);
  private static final int KNOWN = 9_000;

  @TempDir private Path folder;
  private Workbench workbench;
  private TableActivities activities;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    activities =
        workbench.activities(
            TableActivities.class, new CellTablePreparation(workbench.equipment()));
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private static NeuralPredictorSpecification specification(Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(Map.of("evaluation.table", "cells"));
    all.putAll(sets);
    return NeuralPredictorSpecification.preset("quick", all);
  }

  /** A table of all cells, of which 9,000 are known. */
  private void importCells(String format) {
    double[][] ratios = new double[2][NasBench201.SPACE.cells().size()];
    for (int cell = 0; cell < ratios[0].length; cell++) {
      ratios[0][cell] = cell < KNOWN ? 0.1 + cell / 20_000.0 : Double.NaN;
      ratios[1][cell] = 0.1 + cell / 25_000.0;
    }
    AccuracyTable table =
        AccuracyTable.of(
            NasBench201.SPACE,
            "cells",
            List.of("cifar10_valid_12ep", "cifar10_test_200ep"),
            ratios);
    String artifact = workbench.store().artifacts().put(table.canonicalCsv(), "table", Map.of());
    workbench
        .store()
        .datasets()
        .put(
            new DatasetDocument(
                table.digest(),
                "cells",
                DatasetDocument.TABLE,
                new DatasetContents(0, 0, 0, 0, List.of(), table.size(), 0),
                artifact,
                format,
                Instant.EPOCH));
  }

  private PreparedTable prepare(NeuralPredictorSpecification specification) {
    return activities.table(new PrepareTable(REF, specification.canonical()));
  }

  @Test
  void hasTheColumnsOfItsDataAndIsFoundByItsDigest() {
    importCells("nas-bench-201");
    PreparedTable prepared = prepare(specification(Map.of()));

    assertThat(prepared.cells()).isEqualTo(KNOWN);
    assertThat(prepared.complete()).isFalse();
    assertThat(prepared.column()).isEqualTo("cifar10_valid_12ep");
    assertThat(prepared.testColumn()).isEqualTo("cifar10_test_200ep");
    ArchitectureTable table =
        new ArchitectureTables(workbench.store()).find("cells", prepared.tableDigest(), null);
    assertThat(table.digest()).isEqualTo(prepared.tableDigest());
    ArchitectureTable.Accuracy accuracy =
        table.accuracy(Cell.ofIndex(1_000).canonical()).orElseThrow();
    assertThat(accuracy.validation()).isCloseTo(0.15, within(1e-9));
    assertThat(accuracy.test()).isCloseTo(0.14, within(1e-9));
  }

  @Test
  void ofArchitecturesIsWrittenAsItsSpaceWritesThem() {
    ArchitectureTableDocuments.put(
        workbench.store(),
        "cells",
        "architecture,validation,test\n%s,0.5,0.4\n".formatted(Cell.ofIndex(7).canonical()));
    PreparedTable prepared = prepare(specification(Map.of()));
    assertThat(prepared.cells()).isOne();
    assertThat(prepared.column()).isEqualTo("validation");
  }

  @Test
  void ofAnotherSpaceIsRefused() {
    importCells("nas-bench-101");
    assertThatThrownBy(() -> prepare(specification(Map.of())))
        .rootCause()
        .hasMessageContaining("evaluation.table: there is no table cells of nas-bench-201");
    ArchitectureTableDocuments.put(
        workbench.store(), "layers", "architecture,validation\nskip|skip|skip|skip|skip,0.1\n");
    assertThatThrownBy(() -> prepare(specification(Map.of("evaluation.table", "layers"))))
        .rootCause()
        .hasMessageContaining("skip|skip|skip|skip|skip is none");
  }

  @Test
  void isSplitIntoWhoIsLearnedFromAndWhoIsJudgedOn() {
    importCells("nas-bench-201");
    NeuralPredictorSpecification specification = specification(Map.of("split.heldOut", "500"));
    String digest = prepare(specification).tableDigest();
    SplitResult split = activities.split(new SplitCells(REF, specification.canonical(), digest));

    assertThat(split.count()).isEqualTo(172);
    assertThat(split.judged()).isEqualTo(500);
    assertThat(split.candidates()).isEqualTo(KNOWN);
    assertThat(split.rows()).isEmpty();
    assertThat(new Lists(workbench.store()).architectures(split.architectures()))
        .hasSize(172)
        .doesNotHaveDuplicates();
  }

  @Test
  void thatIsMissingLetsCellsBeDrawnAndNoneBeJudgedOn() {
    NeuralPredictorSpecification specification =
        NeuralPredictorSpecification.preset("quick", Map.of("search.candidates", "300"));
    SplitResult split = activities.split(new SplitCells(REF, specification.canonical(), ""));

    assertThat(split.count()).isEqualTo(16);
    assertThat(split.judged()).isZero();
    assertThat(split.candidates()).isEqualTo(300);
    assertThat(new Lists(workbench.store()).architectures(split.rows())).hasSize(300);
  }

  @Test
  void withFewerCellsThanAreLearnedFromIsRefused() {
    ArchitectureTableDocuments.put(
        workbench.store(),
        "cells",
        "architecture,validation\n%s,0.5\n".formatted(Cell.ofIndex(7).canonical()));
    NeuralPredictorSpecification specification = specification(Map.of());
    String digest = prepare(specification).tableDigest();
    assertThatThrownBy(
            () -> activities.split(new SplitCells(REF, specification.canonical(), digest)))
        .rootCause()
        .hasMessageContaining("split.train (172) is more than table cells has: use at most 1");
  }
}
