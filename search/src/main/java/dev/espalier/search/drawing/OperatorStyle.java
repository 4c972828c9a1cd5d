package dev.espalier.search.drawing;

/**
 * How an operator looks: one title and one colour everywhere. The colours hold at least 4.5:1
 * against the white text on them (none is outlined instead) and 3:1 against white and near-black
 * pages.
 */
public record OperatorStyle(String title, String color, boolean isDashed) {}
