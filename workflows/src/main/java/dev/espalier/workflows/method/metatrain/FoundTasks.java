package dev.espalier.workflows.method.metatrain;

/**
 * What is learned from.
 *
 * @param dataDigest of the features; every later stage's key holds it
 * @param modelsDigest names all of it; the keys hold it, too
 * @param generator digest of the meta-database that the generator learns from; {@code predictor}
 *     that of the predictor
 * @param features digest of the features of the images
 * @param width of a row of features
 * @param tasks of the predictor's database
 * @param generatorRows of the generator's database; {@code predictorRows} of the predictor's
 * @param collection the images that the tasks are of, in words
 * @param encoder what computed the features, in words
 */
public record FoundTasks(
    String dataDigest,
    String modelsDigest,
    String generator,
    String predictor,
    String features,
    int width,
    int tasks,
    int generatorRows,
    int predictorRows,
    String collection,
    String encoder) {}
