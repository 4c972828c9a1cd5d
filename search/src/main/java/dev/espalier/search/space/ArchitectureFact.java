package dev.espalier.search.space;

/**
 * What a space says of one of its architectures.
 *
 * @param key in JSON
 * @param title for people
 * @param value a number or a text
 */
public record ArchitectureFact(String key, String title, Object value) {}
