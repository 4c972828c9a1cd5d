package dev.espalier.store;

import java.time.Instant;

/**
 * Something that happened to an experiment, for people.
 *
 * @param sequence 1 for the first event of the experiment, without gaps
 * @param key names what happened: the same key is never stored twice
 * @param text in words
 * @param by who or what caused it
 */
public record Event(long sequence, String key, Instant at, String kind, String text, String by) {}
