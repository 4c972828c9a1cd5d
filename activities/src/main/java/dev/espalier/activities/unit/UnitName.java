package dev.espalier.activities.unit;

/**
 * A unit of work and whom it is for.
 *
 * @param id a function of what is asked, the same in every attempt and every experiment
 * @param words what it is, for people
 */
public record UnitName(
    String experimentId, String stage, String stageKey, String id, String words) {}
