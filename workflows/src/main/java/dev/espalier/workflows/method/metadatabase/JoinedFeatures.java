package dev.espalier.workflows.method.metadatabase;

/**
 * Features in the catalogue of data.
 *
 * @param name there
 * @param rows SHA-256 of their file
 * @param width the numbers of an image
 * @param images how many there are of all classes
 */
public record JoinedFeatures(String name, String rows, int width, int classes, int images) {}
