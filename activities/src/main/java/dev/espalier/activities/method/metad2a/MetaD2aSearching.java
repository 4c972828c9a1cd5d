package dev.espalier.activities.method.metad2a;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.report.Reporting;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.MetaD2aActivities;
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import dev.espalier.workflows.method.metad2a.RankingResult;
import dev.espalier.workflows.stage.StageRef;
import java.util.function.Function;

/** The units of work, each recorded once. */
final class MetaD2aSearching implements MetaD2aActivities {
  private static final Unit<PreparedSearch> PREPARE =
      new Unit<>("prepared", "Finding the models", PreparedSearch.class);
  private static final Unit<EncodedData> ENCODE =
      new Unit<>("encoded", "Encoding the data set", EncodedData.class);
  private static final Unit<GeneratedArchitectures> GENERATE =
      new Unit<>("generated", "Generating architectures", GeneratedArchitectures.class);
  private static final Unit<RankingResult> RANK =
      new Unit<>("ranked", "Ranking what was generated", RankingResult.class);

  private final Results results;
  private final Reporting reporting;
  private final SearchPreparation preparation;
  private final DataEncoding encoding;
  private final Generation generation;
  private final CandidateChoice choice;
  private final MetaD2aSummary summary;

  MetaD2aSearching(Equipment equipment) {
    this.results = new Results(equipment.store(), equipment.units());
    this.reporting = new Reporting(equipment);
    this.preparation = new SearchPreparation(equipment);
    this.encoding = new DataEncoding(equipment);
    this.generation = new Generation(equipment);
    this.choice = new CandidateChoice(equipment);
    this.summary = new MetaD2aSummary(equipment.store(), reporting);
  }

  @Override
  public PreparedSearch prepare(PrepareSearch request) {
    return once(
        new Asked<>(PREPARE, request.ref(), request.specification(), request),
        (specification, attempt) ->
            preparation.prepared(
                specification,
                request.data(),
                request.made() == null ? null : reporting.whole(request.made())));
  }

  @Override
  public EncodedData encode(EncodeDataSet request) {
    return once(
        new Asked<>(ENCODE, request.ref(), request.specification(), request),
        (specification, attempt) ->
            encoding.encoded(specification, request.prepared(), attempt::orStop));
  }

  @Override
  public GeneratedArchitectures generate(GenerateArchitectures request) {
    return once(
        new Asked<>(GENERATE, request.ref(), request.specification(), request),
        (specification, attempt) ->
            generation.generated(
                specification, request.prepared(), request.encoded(), attempt::orStop));
  }

  @Override
  public RankingResult rank(RankArchitectures request) {
    return once(
        new Asked<>(RANK, request.ref(), request.specification(), request),
        (specification, attempt) ->
            choice.ranked(
                specification, request.prepared(), request.encoded(), request.generated()));
  }

  @Override
  public MetaD2aResult report(ReportMetaD2a request) {
    MetaD2aSpecification specification = specification(request.specification());
    Function<Attempt, MetaD2aResult> summing = attempt -> summary.of(request);
    return reporting.run(
        new Reporting.Stage(request.ref(), specification, request),
        MetaD2aResult.class,
        summing,
        MetaD2aResult::accuracy);
  }

  /**
   * A unit of work.
   *
   * @param name that its result is recorded under
   * @param words for people
   */
  private record Unit<R>(String name, String words, Class<R> answer) {}

  /** What is asked of one. */
  private record Asked<R>(Unit<R> unit, StageRef ref, String specification, Object request) {}

  /** One try at it. */
  @FunctionalInterface
  private interface Work<R> {
    R result(MetaD2aSpecification specification, Attempt attempt);
  }

  private <R> R once(Asked<R> asked, Work<R> work) {
    MetaD2aSpecification specification = specification(asked.specification());
    Unit<R> unit = asked.unit();
    return results.once(
        new UnitName(asked.ref(), asked.ref().stageKey() + "/" + unit.name(), unit.words()),
        new Task<>(
            asked.request(), unit.answer(), specification.failure().attemptsWithoutProgress()),
        unit.name(),
        attempt -> work.result(specification, attempt));
  }

  private static MetaD2aSpecification specification(String json) {
    return Json.read(json, MetaD2aSpecification.class);
  }
}
