package dev.espalier.learning.training;

/**
 * Where a training stands, between two steps.
 *
 * @param epoch the epoch to continue in, from 0; the number of epochs when all are done
 * @param step steps done in it; equal to the steps of an epoch before its end is dealt with
 */
public record Position(int epoch, int step) {}
