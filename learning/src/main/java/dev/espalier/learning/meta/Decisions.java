package dev.espalier.learning.meta;

import dev.espalier.search.random.RandomStream;

/** What is decided while graphs grow. */
interface Decisions {
  /**
   * The type of a vertex.
   *
   * @param probabilities of the types as the model computes them, in single precision
   */
  int type(int vertex, int graph, float[] probabilities);

  /** Whether there is an edge of this probability. */
  boolean edge(int source, int vertex, int graph, float probability);

  /** By random numbers, drawn graph by graph: what a graph becomes does not depend on its batch. */
  static Decisions drawn(int graphs, int vertices, RandomStream stream) {
    double[][] ofTypes = new double[graphs][vertices];
    float[][][] ofEdges = new float[graphs][vertices][];
    for (int graph = 0; graph < graphs; graph++) {
      for (int vertex = 1; vertex < vertices; vertex++) {
        ofTypes[graph][vertex] = stream.nextDouble();
        ofEdges[graph][vertex] = new float[vertex];
        for (int source = vertex - 1; source >= 0; source--) {
          ofEdges[graph][vertex][source] = (float) (stream.nextLong() >>> 40) * 0x1.0p-24f;
        }
      }
    }
    return new Decisions() {
      @Override
      public int type(int vertex, int graph, float[] probabilities) {
        return smallest(probabilities, ofTypes[graph][vertex]);
      }

      @Override
      public boolean edge(int source, int vertex, int graph, float probability) {
        return ofEdges[graph][vertex][source] < probability;
      }
    };
  }

  /** Those of others among what a rule allows, with the edges of the topology. */
  static Decisions within(GraphTopology topology, GrowthRule rule, int graphs, Decisions others) {
    int[][] types = new int[graphs][topology.vertices()];
    return new Decisions() {
      @Override
      public int type(int vertex, int graph, float[] probabilities) {
        float[] allowed = new float[probabilities.length];
        float sum = 0;
        for (int type = 0; type < allowed.length; type++) {
          allowed[type] = rule.allows(vertex, types[graph], type) ? probabilities[type] : 0;
          sum += allowed[type];
        }
        for (int type = 0; sum == 0 && type < allowed.length; type++) {
          allowed[type] = rule.allows(vertex, types[graph], type) ? 1 : 0; // all are as unlikely
        }
        types[graph][vertex] = others.type(vertex, graph, allowed);
        return types[graph][vertex];
      }

      @Override
      public boolean edge(int source, int vertex, int graph, float probability) {
        return topology.edges()[source][vertex];
      }
    };
  }

  /** The smallest index whose cumulative probability, renormalised, exceeds a number. */
  static int smallest(float[] probabilities, double number) {
    double sum = 0;
    for (float each : probabilities) {
      sum += each;
    }
    double cumulative = 0;
    for (int type = 0; type < probabilities.length; type++) {
      cumulative += probabilities[type] / sum;
      if (cumulative > number) {
        return type;
      }
    }
    return probabilities.length - 1;
  }
}
