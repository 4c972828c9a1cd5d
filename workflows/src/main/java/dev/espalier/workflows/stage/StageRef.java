package dev.espalier.workflows.stage;

/**
 * The stage that something is asked for. In the JSON of a request its parts stand among the
 * request's own, as they did before they had a name together.
 *
 * @param stage its name within the experiment
 * @param stageKey under which all is recorded
 */
public record StageRef(String experimentId, String stage, String stageKey) {}
