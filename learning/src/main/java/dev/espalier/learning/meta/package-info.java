/**
 * The models of MetaD2A (Lee, Hyung and Hwang, ICLR 2021): a generator that proposes architectures
 * for a set of images, and a predictor that ranks them. {@code docs/metad2a.md} tells what departs
 * from the published program.
 *
 * <p>A {@link dev.espalier.learning.meta.SetDraw} holds the features of some images of each class;
 * a {@link dev.espalier.learning.meta.GraphCoding} turns the architectures of a space into graphs
 * and back. {@link dev.espalier.learning.meta.GeneratorModel} and {@link
 * dev.espalier.learning.meta.MetaPredictorModel} are made with random weights or read from files;
 * {@link dev.espalier.learning.meta.MetaTraining} trains either on {@link
 * dev.espalier.learning.meta.MetaExamples}.
 */
@NullMarked
package dev.espalier.learning.meta;

import org.jspecify.annotations.NullMarked;
