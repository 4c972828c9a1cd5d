package dev.espalier.activities.unit;

import dev.espalier.workflows.stage.StageRef;

/**
 * A unit of work and whom it is for.
 *
 * @param id a function of what is asked, the same in every attempt and every experiment
 * @param words what it is, for people
 */
public record UnitName(StageRef ref, String id, String words) {}
