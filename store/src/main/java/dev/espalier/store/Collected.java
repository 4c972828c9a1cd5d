package dev.espalier.store;

/** What a garbage collection removed. */
public record Collected(int artifacts, long bytes, int strayChunks) {}
