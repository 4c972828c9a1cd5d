package dev.espalier.search.method;

import dev.espalier.search.evolution.SuccessiveHalving;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.SearchSpace;
import java.util.List;
import java.util.function.Predicate;

/** A specification that draws architectures and evaluates all of them. */
public interface SamplesArchitectures extends TrainsNetworks {
  /** The space that is drawn from. */
  SearchSpace searchSpace();

  /** The group of settings that says how many are drawn: messages name it. */
  String sampleGroup();

  /** The setting, or the sum of settings, that says how many are drawn: advice names it. */
  default String sampleSetting() {
    return sampleGroup() + ".architectures";
  }

  /** How many are drawn, all different. */
  int architectures();

  /** The share of them whose training may fail without ending the experiment. */
  double tolerated();

  /** How far each of them is trained. */
  SuccessiveHalving halving();

  /**
   * So many different architectures within the budget, as canonical strings.
   *
   * @param classes of the data
   */
  List<String> draw(int classes);

  /** Whether an architecture, a canonical string, is within the budget. */
  Predicate<String> isAffordable(int classes);

  /**
   * Which limits no architecture of the space keeps, as far as that is cheap to know: messages.
   *
   * @param classes of the data, or fewer
   */
  default List<String> unreachable(int classes) {
    return List.of();
  }

  /** What the network of an architecture costs. */
  default Cost cost(String architecture, int classes) {
    return training()
        .network()
        .cost(searchSpace().parse(architecture), training().recipe().imageSize(), classes);
  }

  /** Of the data, where no images of it are needed. */
  default int classesWithoutImages() {
    return 10;
  }

  /** How many epochs a training has at the end of a rung, from 0. */
  default int epochsOfRung(int rung) {
    return halving().rungs().get(rung).epochs();
  }
}
