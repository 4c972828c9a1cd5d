package dev.espalier.search.specification;

/**
 * A file with a part of a specification, such as a search space of one's own.
 *
 * @param path where its settings belong, such as {@code network}
 * @param name for messages, such as {@code my-space.yaml}
 * @param text YAML or JSON
 */
public record PartFile(String path, String name, String text) {}
