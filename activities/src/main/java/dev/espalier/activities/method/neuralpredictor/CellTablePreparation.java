package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.activities.data.ArchitectureTables;
import dev.espalier.activities.data.ImportFormat;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.neuralpredictor.CellSplit;
import dev.espalier.search.method.neuralpredictor.CellTables;
import dev.espalier.search.method.neuralpredictor.CellTables.Columns;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.TabularSpace;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.neuralpredictor.PreparedTable;
import dev.espalier.workflows.method.neuralpredictor.SplitResult;
import dev.espalier.workflows.method.neuralpredictor.TableActivities;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Takes the looked-up columns out of a table, and splits its cells. */
final class CellTablePreparation implements TableActivities {
  private final Store store;
  private final Results results;
  private final Lists lists;
  private final ArchitectureTables tables;

  CellTablePreparation(Equipment equipment) {
    this.store = equipment.store();
    this.results = new Results(store, equipment.units());
    this.lists = new Lists(store);
    this.tables = new ArchitectureTables(store);
  }

  @Override
  public PreparedTable table(PrepareTable request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(),
            request.ref().stageKey() + "/table",
            "Preparing table " + specification.table());
    return results.once(
        unit,
        new Task<>(request, PreparedTable.class, specification.failure().attemptsWithoutProgress()),
        "table",
        attempt -> prepared(specification));
  }

  private PreparedTable prepared(NeuralPredictorSpecification specification) {
    String name = specification.table();
    DatasetDocument document =
        store
            .datasets()
            .byName(name)
            .filter(found -> found.kind().equals(DatasetDocument.TABLE))
            .filter(found -> specification.readsTable(found.format()))
            .orElseThrow(() ->
                new InvalidInput(
                    "evaluation.table: there is no table %s of %s. Run: espalier data import FILE --format F --name %s"
                        .formatted(name, specification.space(), name)));
    byte[] content = store.artifacts().get(document.artifact());
    if (document.format().equals(ImportFormat.ACCURACIES.label())) {
      ArchitectureTable table =
          ArchitectureTable.readCsv(name, new ByteArrayInputStream(content))
              .in(specification.searchSpace());
      return kept(specification, table, new Columns("validation", "test"));
    }
    if (document.format().equals(ImportFormat.NAS_BENCH_101.label())) {
      return kept(
          specification,
          tables.find(name, document.digest(), specification.policy()),
          new Columns("validation", "test"));
    }
    TabularSpace space = SearchSpaces.tabular(specification.space());
    AccuracyTable table = AccuracyTable.readCsv(space, name, new ByteArrayInputStream(content));
    Columns columns = Columns.of(specification, table);
    return kept(specification, CellTables.of(space, table, columns), columns);
  }

  private PreparedTable kept(
      NeuralPredictorSpecification specification, ArchitectureTable table, Columns columns) {
    String sha =
        store.artifacts().put(table.canonicalCsv(), "table", Map.of("of", specification.table()));
    return new PreparedTable(
        sha,
        sha,
        table.size(),
        table.size() == specification.searchSpace().size(),
        columns.validation(),
        columns.test());
  }

  @Override
  public SplitResult split(SplitCells request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(request.ref(), request.ref().stageKey() + "/split", "Choosing the cells");
    return results.once(
        unit,
        new Task<>(request, SplitResult.class, specification.failure().attemptsWithoutProgress()),
        "split",
        attempt ->
            request.tableDigest().isEmpty()
                ? drawn(specification)
                : tabled(
                    specification,
                    tables.find(specification.table(), request.tableDigest(), null)));
  }

  /** Without a table nothing is known of cells that are not evaluated: none are judged on. */
  private SplitResult drawn(NeuralPredictorSpecification specification) {
    List<String> training = specification.draw(specification.classesWithoutImages());
    boolean all = specification.search().candidates() == 0;
    List<String> candidates = all ? List.of() : specification.drawCandidates();
    int count = all ? Math.toIntExact(specification.searchSpace().size()) : candidates.size();
    return split(specification, training, List.of(), count, candidates);
  }

  private SplitResult tabled(NeuralPredictorSpecification specification, ArchitectureTable table) {
    List<String> rows = table.architectures();
    CellSplit split = CellSplit.of(specification, table);
    int wanted = specification.search().candidates();
    if (wanted > rows.size()) {
      throw new InvalidInput(
          "search.candidates (%,d) is more than table %s has: use at most %,d, or 0 for all"
              .formatted(wanted, specification.table(), rows.size()));
    }
    int[] order =
        RandomStream.of(specification.seed(), "split", "candidates").permutation(rows.size());
    List<String> candidates =
        Arrays.stream(order).limit(wanted).mapToObj(rows::get).toList(); // none where all are
    return split(
        specification,
        split.training(),
        split.judged(),
        wanted == 0 ? rows.size() : wanted,
        candidates);
  }

  private SplitResult split(
      NeuralPredictorSpecification specification,
      List<String> training,
      List<String> judged,
      int count,
      List<String> candidates) {
    return new SplitResult(
        specification.split().name(),
        Digest.of(Map.of("training", training, "judged", judged)),
        training.size(),
        lists.put("architectures", training),
        judged.size(),
        count,
        candidates.isEmpty() ? "" : lists.put("architectures", candidates),
        null);
  }

  private static NeuralPredictorSpecification specification(String json) {
    return Json.read(json, NeuralPredictorSpecification.class);
  }
}
