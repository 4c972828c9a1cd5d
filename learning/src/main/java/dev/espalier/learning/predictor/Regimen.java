package dev.espalier.learning.predictor;

import java.util.List;

/** How a network is trained: by what descent, how fast, and on which rows a step is taken. */
interface Regimen {
  RowDescent descent(List<Matrix> matrices);

  /** The learning rate of an epoch, counted from 0. */
  double rate(int epoch);

  /** Rows of one step. */
  int batch(int rows);

  /** Steps of an epoch over so many rows, at least 1. */
  int stepsPerEpoch(int rows);

  /** The order of the rows in an epoch, counted from 0. */
  int[] order(int epoch, int rows);
}
