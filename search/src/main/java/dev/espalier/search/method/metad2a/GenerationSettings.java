package dev.espalier.search.method.metad2a;

import dev.espalier.search.settings.Require;

/**
 * How many architectures are generated, ranked and evaluated.
 *
 * @param candidates different valid ones that are generated
 * @param most graphs that are drawn for them at most
 * @param perClass images of each class in one draw
 * @param draws of images that the prediction of a candidate is the mean of
 * @param top of the ranking that are evaluated
 * @param unranked of the generated ones that are evaluated beside them, drawn at random: what the
 *     generator contributes by itself
 * @param random architectures of the whole space that are evaluated beside them
 * @param transfer the best architectures of the nearest known data set, evaluated beside them
 * @param tolerated the share of the evaluations that may fail without ending the experiment
 */
public record GenerationSettings(
    int candidates,
    int most,
    int perClass,
    int draws,
    int top,
    int unranked,
    int random,
    int transfer,
    double tolerated) {
  public GenerationSettings {
    Require.positive("candidates", candidates);
    Require.positive("most", most);
    Require.positive("perClass", perClass);
    Require.positive("draws", draws);
    Require.positive("top", top);
    Require.notNegative("unranked", unranked);
    Require.notNegative("random", random);
    Require.notNegative("transfer", transfer);
    Require.notNegative("tolerated", tolerated);
  }
}
