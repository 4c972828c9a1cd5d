package dev.espalier.activities.unit;

import java.time.Duration;

/**
 * How long an attempt may come no step further before there is an alarm, and before it is ended.
 *
 * @param alarm after this at the earliest
 * @param timesLongest and after so many times the longest step of its stage so far
 * @param timesAlarm it is ended after so many times what raised the alarm
 */
public record Stillness(Duration alarm, int timesLongest, int timesAlarm) {}
