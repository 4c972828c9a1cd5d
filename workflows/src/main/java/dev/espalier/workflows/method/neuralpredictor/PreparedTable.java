package dev.espalier.workflows.method.neuralpredictor;

/**
 * A table that accuracies are looked up in.
 *
 * @param tableDigest names the accuracies that are looked up, those of the chosen columns
 * @param rows the same as an artifact: a table of architectures
 * @param cells architectures whose accuracy is known
 * @param complete whether they are all that the space has
 * @param column whose accuracies are learned and choose; {@code testColumn} whose are reported
 *     only, empty without one
 */
public record PreparedTable(
    String tableDigest,
    String rows,
    int cells,
    boolean complete,
    String column,
    String testColumn) {}
