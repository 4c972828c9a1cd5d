package dev.espalier.workflows.experiment;

import dev.espalier.search.experiment.ExperimentState;

/**
 * Where an experiment's workflow stands.
 *
 * @param state as in the store: RUNNING, PAUSED, NEEDS_ATTENTION, COMPLETED or CANCELLED
 * @param stage name of the stage in hand, empty before the first
 */
public record ExperimentStatus(ExperimentState state, String stage) {}
