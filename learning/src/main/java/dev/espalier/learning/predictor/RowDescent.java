package dev.espalier.learning.predictor;

import java.util.List;

/** A descent by gradients, row by row, that remembers two numbers for each weight. */
interface RowDescent extends RowStep {
  /** Begins a step at this rate: every row is to come once. */
  void begin(double learningRate);

  /** Continues after so many steps. */
  void resume(long done);

  /** Running means of the gradients, in the order of the matrices. */
  List<Matrix> means();

  /** Running means of their squares. */
  List<Matrix> squares();
}
