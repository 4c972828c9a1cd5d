package dev.espalier.learning.predictor.structure;

import java.util.function.IntPredicate;

/**
 * How often vertices of some kinds lie on the paths of a graph: over all paths at once, by going
 * through the vertices in order, so that there may be any number of paths.
 *
 * @param most on one path
 * @param least on one path
 * @param total over all paths
 * @param avoiding paths on which none lies
 * @param paths in all
 */
record PathSums(double most, double least, double total, double avoiding, double paths) {
  /**
   * @param counted whether vertices of a kind count
   */
  static PathSums of(LiveGraph graph, IntPredicate counted) {
    int n = graph.vertices();
    double[] paths = new double[n]; // from a source to the vertex
    double[] total = new double[n];
    double[] most = new double[n];
    double[] least = new double[n];
    double[] avoiding = new double[n];
    PathSums sum = new PathSums(0, 0, 0, 0, 0);
    for (int vertex : graph.order()) {
      boolean source = graph.isSource(vertex);
      paths[vertex] = source ? 1 : 0;
      avoiding[vertex] = source ? 1 : 0;
      least[vertex] = source ? 0 : Double.POSITIVE_INFINITY;
      for (int before : graph.into(vertex)) {
        paths[vertex] += paths[before];
        total[vertex] += total[before];
        avoiding[vertex] += avoiding[before];
        most[vertex] = Math.max(most[vertex], most[before]);
        least[vertex] = Math.min(least[vertex], least[before]);
      }
      if (counted.test(graph.kind(vertex))) {
        total[vertex] += paths[vertex];
        most[vertex] += 1;
        least[vertex] += 1;
        avoiding[vertex] = 0;
      }
      if (graph.isSink(vertex)) {
        sum =
            new PathSums(
                Math.max(sum.most, most[vertex]),
                sum.paths == 0 ? least[vertex] : Math.min(sum.least, least[vertex]),
                sum.total + total[vertex],
                sum.avoiding + avoiding[vertex],
                sum.paths + paths[vertex]);
      }
    }
    return sum;
  }

  /** Paths on which at least one lies. */
  double containing() {
    return paths - avoiding;
  }
}
