package dev.espalier.learning.predictor.structure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers of a graph's paths, as logarithms of one more: how many there are, and of identities
 * alone; for each operator, for convolutions, for all operators and for those that see more than
 * one pixel, how many lie on a path at most, at least and over all, and how many paths have one;
 * and how many paths have nothing but convolutions, or but one operator.
 */
final class PathShape {
  private PathShape() {}

  /**
   * @param operators the labels of the space
   */
  static Map<List<Integer>, Double> of(LiveGraph graph, List<String> operators) {
    BitSet letters = new BitSet();
    BitSet convolutions = new BitSet();
    BitSet spatial = new BitSet();
    for (int i = 0; i < operators.size(); i++) {
      OperatorRole role = OperatorRole.of(operators.get(i));
      letters.set(i + 1, role.isLetter());
      convolutions.set(i + 1, role == OperatorRole.CONVOLUTION);
      spatial.set(i + 1, OperatorRole.isSpatial(operators.get(i)));
    }
    List<BitSet> each = letters.stream().mapToObj(PathShape::only).toList();
    List<BitSet> counted = new ArrayList<>(each);
    counted.addAll(List.of(convolutions, letters, spatial));
    List<BitSet> alone = new ArrayList<>(each);
    alone.add(convolutions);

    PathSums all = PathSums.of(graph, letters::get);
    List<Double> numbers = new ArrayList<>(List.of(all.paths(), all.avoiding()));
    for (BitSet kinds : counted) {
      PathSums sums = PathSums.of(graph, kinds::get);
      numbers.addAll(List.of(sums.most(), sums.least(), sums.total(), sums.containing()));
    }
    for (BitSet kinds : alone) {
      PathSums others = PathSums.of(graph, kind -> letters.get(kind) && !kinds.get(kind));
      numbers.add(others.avoiding() - all.avoiding());
    }
    Map<List<Integer>, Double> shape = new LinkedHashMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      shape.put(List.of(i), StrictMath.log1p(numbers.get(i)));
    }
    return shape;
  }

  private static BitSet only(int kind) {
    BitSet kinds = new BitSet();
    kinds.set(kind);
    return kinds;
  }
}
