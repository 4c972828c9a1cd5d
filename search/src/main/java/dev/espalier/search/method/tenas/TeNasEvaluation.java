package dev.espalier.search.method.tenas;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.settings.Require;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.settings.TrainingSettings;

/**
 * How the found cell is judged: trained for real beside random cells, and looked up in a table if
 * one is named.
 *
 * @param randomCells cells drawn at random and trained the same way
 * @param channels of the network's first stage (C)
 * @param cells of each stage (N); in the darts space, of the whole network
 * @param basics how every cell is trained
 * @param table the name of an imported nas-bench-201 table, or empty
 * @param own a program that trains instead
 */
public record TeNasEvaluation(
    int randomCells,
    int channels,
    int cells,
    @JsonUnwrapped TrainingBasics basics,
    String table,
    @JsonUnwrapped OwnProgram own) {
  public TeNasEvaluation {
    Require.notNegative("randomCells", randomCells);
    Require.positive("channels", channels);
    Require.positive("cells", cells);
    Require.present("basics", basics);
    Require.present("table", table);
    Require.present("own", own);
  }

  /** How every cell is trained: by a cosine schedule, with nothing added. */
  TrainingSettings recipe() {
    return TrainingSettings.plain(basics, own);
  }
}
