package dev.espalier.api.report;

/** A key figure with its name and what is to be known of it. */
public record Tile(String name, String value, String note) {}
