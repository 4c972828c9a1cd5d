package dev.espalier.cli.planted.method.second;

import dev.espalier.cli.planted.method.first.FirstMethod;

/** Knows another method: forbidden. */
public record Neighbour(FirstMethod other) {}
