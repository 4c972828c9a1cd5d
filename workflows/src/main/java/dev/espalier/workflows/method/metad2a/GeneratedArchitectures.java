package dev.espalier.workflows.method.metad2a;

/**
 * What was generated.
 *
 * @param architectures SHA-256 of an artifact: the candidates, canonical strings, in their order
 * @param count of them
 * @param drawn graphs in all
 * @param valid of these, graphs that are architectures
 * @param distinct different ones among the valid
 * @param trainable of the distinct, those whose output hears of the input
 * @param affordable of the trainable, those within the budget
 * @param novel of the distinct, those that the known tasks' database has not; -1 without known
 *     tasks
 */
public record GeneratedArchitectures(
    String architectures,
    int count,
    int drawn,
    int valid,
    int distinct,
    int trainable,
    int affordable,
    int novel) {}
