package dev.espalier.activities.method.metad2a;

import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.MetaPredictorModel;
import dev.espalier.learning.meta.SetDraw;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaRow;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import dev.espalier.workflows.method.metad2a.RankingResult;
import dev.espalier.workflows.method.metad2a.RankingResult.Group;
import dev.espalier.workflows.method.metad2a.RankingResult.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Ranks the candidates, and chooses who is evaluated: the best ranked and the baselines. */
final class CandidateChoice {
  /** So many scores are shown. */
  private static final int MOST_SCORES = 300;

  private final Equipment equipment;
  private final MetaDatabaseFiles files;
  private final Lists lists;

  CandidateChoice(Equipment equipment) {
    this.equipment = equipment;
    this.files = new MetaDatabaseFiles(equipment.store(), equipment.datasets());
    this.lists = new Lists(equipment.store());
  }

  RankingResult ranked(
      MetaD2aSpecification specification,
      PreparedSearch prepared,
      EncodedData encoded,
      GeneratedArchitectures generated) {
    List<String> candidates = lists.architectures(generated.architectures());
    Predicate<String> affordable =
        specification.isAffordable(
            prepared.classes(), MeasuredLatencyTable.of(specification, equipment.store()));
    List<String> random = specification.draw(affordable);
    List<String> transfer = transfer(specification, prepared, encoded, affordable);
    Set<String> all = new LinkedHashSet<>(candidates);
    all.addAll(random);
    all.addAll(transfer);
    Scores scores = scores(specification, prepared, encoded, List.copyOf(all));
    List<String> ranking =
        candidates.stream()
            .sorted(Comparator.comparingDouble((String each) -> -scores.of(each))) // is stable
            .toList();
    int[] order =
        RandomStream.of(specification.seed(), "metad2a", "unranked").permutation(candidates.size());
    List<String> unranked =
        IntStream.of(order)
            .limit(specification.search().unranked())
            .mapToObj(candidates::get)
            .toList();
    List<Group> groups =
        List.of(
            scores.group(
                Group.TOP,
                ranking.subList(0, Math.min(ranking.size(), specification.search().top()))),
            scores.group(Group.UNRANKED, unranked),
            scores.group(Group.RANDOM, random),
            scores.group(Group.TRANSFER, transfer));
    Set<String> evaluated = new LinkedHashSet<>();
    groups.forEach(group -> group.members().forEach(each -> evaluated.add(each.architecture())));
    return new RankingResult(
        evaluated.size(),
        lists.put("architectures", List.copyOf(evaluated)),
        lists.put("architectures", ranking),
        thinned(ranking.stream().map(scores::of).toList()),
        groups,
        scores.scaled());
  }

  private static List<Double> thinned(List<Double> all) {
    int step = Math.max(1, Math.ceilDiv(all.size(), MOST_SCORES));
    return IntStream.range(0, all.size()).filter(i -> i % step == 0).mapToObj(all::get).toList();
  }

  /**
   * What the predictor says of each.
   *
   * @param scaled whether these are accuracies, ratios
   */
  private record Scores(Map<String, Double> values, boolean scaled) {
    double of(String architecture) {
      return Objects.requireNonNull(values.get(architecture));
    }

    Group group(String name, List<String> architectures) {
      return new Group(
          name, architectures.stream().map(each -> new Member(each, of(each))).toList());
    }
  }

  private Scores scores(
      MetaD2aSpecification specification,
      PreparedSearch prepared,
      EncodedData encoded,
      List<String> architectures) {
    GraphCoding coding = GraphCodings.of(specification.space());
    Draws images =
        Draws.of(
            files.features(encoded.features()),
            specification.search().perClass(),
            specification.seed());
    try (MetaPredictorModel model =
        MetaPredictorModel.read(
            equipment.torch(),
            coding.topology(),
            "model " + prepared.predictorName(),
            equipment.store().artifacts().get(prepared.predictor()))) {
      List<SetDraw> draws =
          model.sizes().width() == 0
              ? List.of() // it reads graphs alone
              : images.draws("rank", 0, specification.search().draws());
      double[] scores =
          model.score(
              draws,
              architectures.stream()
                  .map(each -> coding.encode(specification.searchSpace().parse(each)))
                  .toList());
      boolean scaled = model.scale().isKnown();
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = 0; i < scores.length; i++) {
        values.put(architectures.get(i), scaled ? model.scale().accuracy(scores[i]) : scores[i]);
      }
      return new Scores(values, scaled);
    }
  }

  /** The best of the nearest known task, then of the next, as many as asked for. */
  private List<String> transfer(
      MetaD2aSpecification specification,
      PreparedSearch prepared,
      EncodedData encoded,
      Predicate<String> affordable) {
    PreparedSearch.KnownTasks known = prepared.known();
    Set<String> chosen = new LinkedHashSet<>();
    if (known == null) {
      return List.of();
    }
    MetaDatabase database = files.database(known.database());
    for (EncodedData.Near near : encoded.nearest()) {
      List<MetaRow> rows = new ArrayList<>();
      for (int row = 0; row < database.rows(); row++) {
        if (database.row(row).task() == near.number()) {
          rows.add(database.row(row));
        }
      }
      rows.sort(Comparator.comparingDouble(row -> -row.accuracyPercent()));
      for (MetaRow row : rows) {
        String canonical = specification.searchSpace().parse(row.architecture()).canonical();
        if (chosen.size() < specification.search().transfer() && affordable.test(canonical)) {
          chosen.add(canonical);
        }
      }
    }
    return List.copyOf(chosen);
  }
}
