package dev.espalier.cli.planted.cycle.two;

import dev.espalier.cli.planted.cycle.one.One;

/** The other half of a cycle. */
public record Two(One one) {}
