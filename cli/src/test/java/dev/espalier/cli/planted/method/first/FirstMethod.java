package dev.espalier.cli.planted.method.first;

/** A class of a method's folder. */
public final class FirstMethod {}
