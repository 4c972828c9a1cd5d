package dev.espalier.activities.unit;

/**
 * What is asked of a unit of work, so that another process can do it: the activity's argument.
 *
 * @param answer what the work comes to; written as JSON
 * @param mayThrow how many attempts in a row may throw something unexpected, without progress
 *     between, before the unit counts as failed
 */
public record Task<R>(Object request, Class<R> answer, int mayThrow) {}
