package dev.espalier.cli.planted.space.first;

/** A class of a space's folder. */
public final class FirstSpace {}
