package dev.espalier.activities.unit;

/**
 * An attempt that another process is to make.
 *
 * @param activity the activity's type
 * @param request its argument, JSON
 * @param attemptToken names the attempt, which has begun
 * @param recovery whether the attempt before this one died
 */
public record Errand(String activity, String request, String attemptToken, boolean recovery) {}
