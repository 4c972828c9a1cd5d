package dev.espalier.workflows.method.metadatabase;

/**
 * The result of making a meta-database.
 *
 * @param tasks how many there are
 * @param evaluated architectures that have an accuracy; {@code failed} could not be trained
 * @param databases the two databases, and what is in them
 * @param encoder that computed the features
 * @param features in the catalogue of data
 */
public record MetaDatabaseResult(
    int tasks,
    int evaluated,
    int failed,
    AssembledDatabases databases,
    TrainedEncoder encoder,
    JoinedFeatures features) {}
