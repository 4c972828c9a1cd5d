package dev.espalier.activities.method.metatrain;

import dev.espalier.learning.features.ClassFeatures;
import dev.espalier.learning.features.FeatureDraws;
import dev.espalier.learning.meta.CodedGraph;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.MetaExamples;
import dev.espalier.learning.meta.SetDraw;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaRow;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpaces;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows of one split of a meta-database, read one by one from its file.
 *
 * @param rows numbers in the database
 * @param perClass images of each class in a draw
 */
record TaskRows(
    MetaDatabase database,
    ClassFeatures features,
    GraphCoding coding,
    List<Integer> rows,
    int perClass,
    String digest)
    implements MetaExamples {
  private static final double PERCENT = 100;

  TaskRows {
    rows = List.copyOf(rows);
  }

  /**
   * @param split whose rows they are
   */
  static TaskRows of(
      MetaDatabase database,
      ClassFeatures features,
      GraphCoding coding,
      MetaSplit split,
      int perClass) {
    List<Integer> rows =
        IntStream.range(0, database.rows())
            .filter(row -> database.row(row).split() == split)
            .boxed()
            .toList();
    String digest =
        Digest.of(
            Map.of(
                "database", database.digest(),
                "features", features.digest(),
                "split", split.label(),
                "perClass", perClass));
    return new TaskRows(database, features, coding, rows, perClass, digest);
  }

  private MetaRow at(int row) {
    return database.row(rows.get(row));
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public SetDraw draw(int row, RandomStream stream) {
    int[] classes =
        database.task(at(row).task()).classes().stream().mapToInt(Integer::intValue).toArray();
    return FeatureDraws.draw(features, classes, perClass, stream);
  }

  @Override
  public CodedGraph graph(int row) {
    return coding.encode(SearchSpaces.named(coding.space()).parse(at(row).architecture()));
  }

  @Override
  public double target(int row) {
    return at(row).accuracyPercent() / PERCENT;
  }
}
