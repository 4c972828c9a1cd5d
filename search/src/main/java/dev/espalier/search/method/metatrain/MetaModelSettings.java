package dev.espalier.search.method.metatrain;

import dev.espalier.search.settings.Require;

/**
 * A model and how it is meta-trained.
 *
 * @param epochs passes over the database's rows
 * @param batch rows of one step
 * @param perClass images of each class, drawn anew for each row
 * @param latent width of the set's and the graph's vector (nz)
 * @param hidden width of a vertex's state (hs)
 * @param learningRate of Adam
 * @param patience epochs that the training loss may stand still before the rate falls to a tenth
 */
public record MetaModelSettings(
    int epochs,
    int batch,
    int perClass,
    int latent,
    int hidden,
    double learningRate,
    int patience) {
  public MetaModelSettings {
    Require.positive("epochs", epochs);
    Require.positive("batch", batch);
    Require.positive("perClass", perClass);
    Require.positive("latent", latent);
    Require.positive("hidden", hidden);
    Require.notNegative("learningRate", learningRate);
    Require.notNegative("patience", patience);
  }
}
