package dev.espalier.cli.planted.cycle.one;

import dev.espalier.cli.planted.cycle.two.Two;
import dev.espalier.cli.planted.space.first.FirstSpace;
import org.jspecify.annotations.Nullable;

/** Knows a package that knows its own, and a space: both forbidden. */
public record One(@Nullable Two two, FirstSpace space) {}
