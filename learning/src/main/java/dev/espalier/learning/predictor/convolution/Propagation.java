package dev.espalier.learning.predictor.convolution;

/**
 * How states travel in one graph (Wen et al. 2020, section 3.2, as published): {@code A' =
 * rownorm(A + I)} is normalised once more along the edges, which changes nothing, and after
 * transposing against them, which does.
 *
 * @param graph whose vertices they are
 * @param along what a vertex hears of those that its edges lead to, {@code [v, v]}
 * @param against what it hears of those whose edges lead to it
 * @param alongBack the transpose of {@code along}
 * @param againstBack the transpose of {@code against}
 */
record Propagation(
    VertexGraph graph, Links along, Links against, Links alongBack, Links againstBack) {

  static Propagation of(VertexGraph graph) {
    int n = graph.vertices();
    double[][] once = new double[n][n];
    for (int i = 0; i < graph.edges(); i++) {
      once[VertexGraph.source(graph.edgeAt(i))][VertexGraph.target(graph.edgeAt(i))] = 1;
    }
    for (int v = 0; v < n; v++) {
      once[v][v] += 1;
    }
    normalize(once);
    double[][] against = transposed(once);
    normalize(against);
    return new Propagation(
        graph, links(once), links(against), links(transposed(once)), links(transposed(against)));
  }

  int vertices() {
    return graph.vertices();
  }

  private static void normalize(double[][] matrix) {
    for (double[] row : matrix) {
      double sum = 0;
      for (double each : row) {
        sum += each;
      }
      for (int j = 0; j < row.length; j++) {
        row[j] /= sum;
      }
    }
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] turned = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        turned[j][i] = matrix[i][j];
      }
    }
    return turned;
  }

  private static Links links(double[][] matrix) {
    Links links = new Links();
    links.reset(matrix.length, matrix.length * matrix.length);
    int at = 0;
    for (int v = 0; v < matrix.length; v++) {
      for (int u = 0; u < matrix.length; u++) {
        if (matrix[v][u] != 0) {
          links.set(at++, u, (float) matrix[v][u]);
        }
      }
      links.end(v, at);
    }
    return links;
  }
}
