package dev.espalier.workflows.fake;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.MetaD2aActivities;
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import dev.espalier.workflows.method.metad2a.RankingResult;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaFitResult;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities;
import dev.espalier.workflows.method.metatrain.MetaTrainResult;
import dev.espalier.workflows.sampling.SamplingActivities.Sampled;
import dev.espalier.workflows.stage.PreparedData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Meta-training and the search by its models, replaced by numbers drawn from what is asked. */
public final class FakeMetaModels implements MetaTrainActivities, MetaD2aActivities {
  private static final int WIDTH = 512;

  private final Script script;
  private final FakeEvolution lists;

  /**
   * @param lists where the lists are that samples are read from
   */
  FakeMetaModels(Script script, FakeEvolution lists) {
    this.script = script;
    this.lists = lists;
  }

  @Override
  public FoundTasks prepare(FindTasks request) {
    return script.run(
        "found",
        () ->
            new FoundTasks(
                Digest.sha256("features"),
                Digest.sha256("databases" + Objects.requireNonNullElse(request.made(), "")),
                Digest.sha256("generator"),
                Digest.sha256("predictor"),
                Digest.sha256("features"),
                WIDTH,
                8,
                6,
                48,
                "a collection",
                "an encoder"));
  }

  @Override
  public MetaFitResult.Run fit(FitMetaModel request) {
    return script.run(
        "meta-fit/%s/%d".formatted(request.model(), request.number()),
        () ->
            new MetaFitResult.Run(
                request.number(),
                Digest.of(List.of(request.model(), request.number())),
                2,
                3,
                RandomStream.of(0, "fake", request.model(), request.number()).nextDouble(),
                List.of(new MetaFitResult.Point(1, 0.5, 0.001, Map.of("pearson", 0.25)))));
  }

  @Override
  public MetaTrainResult report(ReportMetaTraining request) {
    return script.run(
        "meta-training-summary",
        () ->
            new MetaTrainResult(
                kept(Json.read(request.generator(), MetaFitResult.class)),
                kept(Json.read(request.predictor(), MetaFitResult.class)),
                List.of(
                    new MetaTrainResult.HeldOut("task-7", 6, 0.5, 0.01, 0.03, 0.02, "task-1"))));
  }

  private static MetaTrainResult.Kept kept(MetaFitResult fits) {
    MetaFitResult.Run run = fits.kept();
    return new MetaTrainResult.Kept(
        Digest.sha256(run.weights()),
        run.weights(),
        fits.metric(),
        run.value(),
        run.bestEpoch(),
        run.seed());
  }

  @Override
  public PreparedSearch prepare(PrepareSearch request) {
    PreparedData data = request.data();
    MetaD2aSpecification specification = specification(request.specification());
    return script.run(
        "models",
        () ->
            new PreparedSearch(
                data == null ? Digest.sha256(specification.data()) : data.dataDigest(),
                data == null ? 10 : data.classes(),
                data == null ? null : data.tableDigest(),
                Digest.sha256("models" + Objects.requireNonNullElse(request.made(), "")),
                Digest.sha256("generator"),
                Digest.sha256("predictor"),
                "made-generator",
                "made-predictor",
                "",
                new PreparedSearch.KnownTasks(Digest.sha256("database"), Digest.sha256("features")),
                request.made() != null));
  }

  @Override
  public EncodedData encode(EncodeDataSet request) {
    return script.run(
        "encoded-data",
        () ->
            new EncodedData(
                Digest.sha256(request.prepared().dataDigest()),
                500,
                WIDTH,
                "an encoder",
                List.of(new EncodedData.Place("task-1", 0.5, -0.5)),
                List.of(new EncodedData.Near("task-1", 1, 0.25))));
  }

  @Override
  public GeneratedArchitectures generate(GenerateArchitectures request) {
    MetaD2aSpecification specification = specification(request.specification());
    return script.run(
        "generated",
        () -> {
          Sampled candidates = lists.put(drawn(specification, "generated", 8));
          return new GeneratedArchitectures(
              candidates.architectures(), candidates.count(), 12, 11, 8, 8, 8, 5);
        });
  }

  @Override
  public RankingResult rank(RankArchitectures request) {
    MetaD2aSpecification specification = specification(request.specification());
    return script.run(
        "ranked",
        () -> {
          List<String> evaluated = drawn(specification, "ranked", 4);
          Sampled listed = lists.put(evaluated);
          return new RankingResult(
              listed.count(),
              listed.architectures(),
              request.generated().architectures(),
              List.of(0.75, 0.5),
              List.of(
                  new RankingResult.Group(
                      RankingResult.Group.TOP,
                      evaluated.stream()
                          .map(each -> new RankingResult.Member(each, 0.5))
                          .toList())),
              true);
        });
  }

  private static List<String> drawn(MetaD2aSpecification specification, String what, int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            specification
                .searchSpace()
                .random(RandomStream.of(specification.seed(), "fake", what, i))
                .canonical())
        .distinct()
        .toList();
  }

  @Override
  public MetaD2aResult report(ReportMetaD2a request) {
    return script.run(
        "search-summary",
        () -> {
          RankingResult ranking = Json.read(request.ranking(), RankingResult.class);
          RankingResult.Group top = ranking.groups().getFirst();
          String first = top.members().getFirst().architecture();
          MetaD2aResult.Judged judged = new MetaD2aResult.Judged(first, 0.5, 0.5);
          return new MetaD2aResult(
              first,
              1000,
              2000,
              null,
              List.of(
                  new MetaD2aResult.Evaluated(
                      top.name(), top.members().size(), 0, judged, judged, 0.5, 0.5, 0.5)),
              0.25,
              null,
              null,
              request.seen());
        });
  }

  private static MetaD2aSpecification specification(String json) {
    return Json.read(json, MetaD2aSpecification.class);
  }
}
