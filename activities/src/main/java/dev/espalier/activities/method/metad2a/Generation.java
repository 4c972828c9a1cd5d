package dev.espalier.activities.method.metad2a;

import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.learning.meta.CodedGraph;
import dev.espalier.learning.meta.GeneratorModel;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.method.metad2a.LeastCosts;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Generates batch by batch, a graph for each draw of images, and keeps what is valid, new,
 * trainable and affordable, until there is enough.
 */
final class Generation {
  private static final int BATCH = 100;

  private final Equipment equipment;
  private final MetaDatabaseFiles files;
  private final Lists lists;

  Generation(Equipment equipment) {
    this.equipment = equipment;
    this.files = new MetaDatabaseFiles(equipment.store(), equipment.datasets());
    this.lists = new Lists(equipment.store());
  }

  /**
   * @param orStop ends the attempt between batches if it should stop
   */
  GeneratedArchitectures generated(
      MetaD2aSpecification specification,
      PreparedSearch prepared,
      EncodedData encoded,
      Runnable orStop) {
    GraphCoding coding = GraphCodings.of(specification.space());
    Draws images =
        Draws.of(
            files.features(encoded.features()),
            specification.search().perClass(),
            specification.seed());
    Optional<LatencyTable> measured = MeasuredLatencyTable.of(specification, equipment.store());
    Counting counting =
        new Counting(specification, specification.isAffordable(prepared.classes(), measured));
    try (GeneratorModel model =
        GeneratorModel.read(
            equipment.torch(),
            coding.topology(),
            "model " + prepared.generatorName(),
            equipment.store().artifacts().get(prepared.generator()))) {
      int most = specification.search().most();
      for (int batch = 0; counting.drawn < most && counting.isWanting(); batch++) {
        orStop.run();
        int count = Math.min(BATCH, most - counting.drawn);
        List<CodedGraph> graphs =
            model.generate(
                images.draws("generate", batch * BATCH, count),
                RandomStream.of(specification.seed(), "metad2a", "decisions", batch),
                coding);
        graphs.forEach(graph -> counting.add(coding.decode(graph)));
      }
    }
    if (counting.kept.isEmpty()) {
      throw new InvalidInput(
          ("of %,d graphs %,d were architectures, %,d different, %,d trainable and none within the budget%s. "
                  + "Raise %ssearch.most, or train the generator longer")
              .formatted(
                  counting.drawn,
                  counting.valid,
                  counting.distinct.size(),
                  counting.trainable,
                  tooLow(specification, counting.whole(), prepared.classes(), measured),
                  specification.budget().limits() ? "the limits or " : ""));
    }
    return counting.result(lists.put("architectures", counting.kept), novel(prepared, counting));
  }

  /** Which limits none of them keeps, and the least that was found. */
  private static String tooLow(
      MetaD2aSpecification specification,
      List<Architecture> found,
      int classes,
      Optional<LatencyTable> measured) {
    List<String> above =
        found.isEmpty()
            ? List.of()
            : LeastCosts.of(specification, found, classes, measured).above(specification.budget());
    return above.isEmpty() ? "" : ": " + String.join("; ", above);
  }

  private int novel(PreparedSearch prepared, Counting counting) {
    PreparedSearch.KnownTasks known = prepared.known();
    if (known == null) {
      return -1;
    }
    MetaDatabase database = files.database(known.database());
    Set<String> seen = new HashSet<>();
    for (int row = 0; row < database.rows(); row++) {
      seen.add(database.row(row).architecture());
    }
    return Math.toIntExact(counting.distinct.stream().filter(each -> !seen.contains(each)).count());
  }

  /** What has come of the graphs so far. */
  private static final class Counting {
    private final MetaD2aSpecification specification;
    private final Predicate<String> affordable;
    private final Set<String> distinct = new LinkedHashSet<>();
    private final List<String> kept = new ArrayList<>();
    private int drawn;
    private int valid;
    private int trainable;
    private int withinBudget;

    Counting(MetaD2aSpecification specification, Predicate<String> affordable) {
      this.specification = specification;
      this.affordable = affordable;
    }

    boolean isWanting() {
      return kept.size() < specification.search().candidates();
    }

    /** Those that could be trained. */
    List<Architecture> whole() {
      return distinct.stream()
          .map(specification.searchSpace()::parse)
          .filter(each -> specification.searchSpace().graph(each).carries())
          .toList();
    }

    void add(Optional<Architecture> architecture) {
      drawn++;
      if (architecture.isEmpty()) {
        return;
      }
      valid++;
      String canonical = architecture.get().canonical();
      if (!distinct.add(canonical)
          || !specification.searchSpace().graph(architecture.get()).carries()) {
        return;
      }
      trainable++;
      if (affordable.test(canonical)) {
        withinBudget++;
        if (isWanting()) {
          kept.add(canonical);
        }
      }
    }

    GeneratedArchitectures result(String list, int novel) {
      return new GeneratedArchitectures(
          list, kept.size(), drawn, valid, distinct.size(), trainable, withinBudget, novel);
    }
  }
}
