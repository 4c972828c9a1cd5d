/**
 * Files of weights as PyTorch writes and reads them, in the format since 1.6 and the one before. A
 * file is data here: nothing in it is executed.
 */
@NullMarked
package dev.espalier.learning.statedict;

import org.jspecify.annotations.NullMarked;
