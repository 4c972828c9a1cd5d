package dev.espalier.api.method.metad2a;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.SampleReader;
import dev.espalier.api.view.StagesOf;
import dev.espalier.api.view.TrainingsReader;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.space.Cost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import dev.espalier.workflows.method.metad2a.RankingResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the stages of a search by MetaD2A recorded, for the page and the report. */
public final class MetaD2aFindingsReader implements MethodFindings {
  private static final String EVALUATE = "evaluate";

  @Override
  public String method() {
    return MetaD2aSpecification.METHOD;
  }

  @Override
  public Class<MetaD2aFindings> type() {
    return MetaD2aFindings.class;
  }

  @Override
  public List<String> trainingStages() {
    return List.of(EVALUATE);
  }

  @Override
  public MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view) {
    return MetaD2aReport.of(view, read(store, experiment));
  }

  @Override
  public MetaD2aFindings read(Store store, ExperimentDocument experiment) {
    MetaD2aSpecification specification =
        Json.read(experiment.specification(), MetaD2aSpecification.class);
    StagesOf stages = new StagesOf(store, experiment);
    PreparedSearch prepared = result(stages, "prepare-data", PreparedSearch.class);
    RankingResult ranking = result(stages, "rank", RankingResult.class);
    int classes = prepared == null ? specification.classesWithoutImages() : prepared.classes();
    SampleReader sample =
        new SampleReader(
            store,
            specification,
            ranking == null ? specification.architectures() : ranking.count(),
            architecture -> {
              Cost cost = specification.cost(architecture, classes);
              return new TrainingsReader.Cost(cost.parameters(), cost.macs());
            });
    String result = experiment.result();
    return new MetaD2aFindings(
        specification.method(),
        prepared,
        result(stages, "encode", EncodedData.class),
        result(stages, "generate", GeneratedArchitectures.class),
        ranking,
        stages.named(EVALUATE).map(sample::read).orElseGet(sample::nothing),
        result == null ? null : Json.read(result, MetaD2aResult.class));
  }

  private static <T> @Nullable T result(StagesOf stages, String stage, Class<T> type) {
    return stages
        .named(stage)
        .map(StageDocument::result)
        .map(json -> Json.read(json, type))
        .orElse(null);
  }
}
