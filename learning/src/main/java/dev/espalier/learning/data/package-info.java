/**
 * Image data: what a data set is, how it is stored and read, and how its images become the input of
 * a network; and NATS-Bench's files, which hold a table of accuracies.
 *
 * <p>Pixels stay unsigned bytes in planes (channel, row, column) until a batch is made, so that a
 * data set of 60,000 pictures costs what its file costs. Sizes are changed on bytes with integer
 * arithmetic, and every draw comes from a named {@link dev.espalier.search.random.RandomStream}:
 * the same batch on every machine.
 */
@org.jspecify.annotations.NullMarked
package dev.espalier.learning.data;
