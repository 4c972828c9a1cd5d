/**
 * The space of DARTS (Liu, Simonyan and Yang, ICLR 2019; the cells of NASNet): a normal and a
 * reduction cell of four nodes, each the sum of two operators, written as a genotype.
 */
@NullMarked
package dev.espalier.search.space.darts;

import org.jspecify.annotations.NullMarked;
