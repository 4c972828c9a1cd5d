package dev.espalier.store;

/** What a collection removed. */
public record Collected(int artifacts, long bytes) {}
