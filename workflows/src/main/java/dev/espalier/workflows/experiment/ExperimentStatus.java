package dev.espalier.workflows.experiment;

/**
 * Where an experiment's workflow stands.
 *
 * @param state as in the store: RUNNING, PAUSED, NEEDS_ATTENTION, COMPLETED or CANCELLED
 * @param stage name of the stage in hand, empty before the first
 */
public record ExperimentStatus(String state, String stage) {}
