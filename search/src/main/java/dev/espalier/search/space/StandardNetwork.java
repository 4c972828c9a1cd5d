package dev.espalier.search.space;

/**
 * An architecture in a network that its space was published with.
 *
 * @param title such as {@code of the network with C=16, N=5 for 10 classes of 32x32 images}
 */
public record StandardNetwork(Cost cost, String title) {}
