package dev.espalier.search.evolution;

import dev.espalier.search.random.RandomStream;
import java.util.List;
import java.util.Set;

/** What makes one strategy different from another: two pure functions. */
interface Breeding {
  /**
   * What a strategy sees.
   *
   * @param known every genome that has a score
   */
  record Setting(
      EvolutionSettings settings, FeasibleSpace space, Objectives objectives, Set<Genome> known) {
    /** A genome that nobody has scored yet; there must be one. */
    Genome fresh(RandomStream random, Set<Genome> taken) {
      return space.fresh(random, genome -> !known.contains(genome) && !taken.contains(genome));
    }
  }

  /**
   * The next generation, all different and feasible. Known ones among them cost nothing.
   *
   * @param unspent evaluations that are left, at least 1; no more unknown genomes are made
   */
  List<Genome> children(EvolutionState state, Setting setting, int unspent, RandomStream random);

  /** The population after this generation, whose members all have scores now. */
  List<Scored> survivors(EvolutionState state, Setting setting, List<Scored> children);
}
