package dev.espalier.search.drawing;

/**
 * How an operator looks: one title, one colour and one symbol in every space and output. The
 * colours hold at least 4.5:1 against white text on them and 3:1 against white and near-black
 * pages; the symbol tells operators apart where colours do not.
 *
 * @param title for people
 * @param color {@code #rrggbb}, the same on light and dark pages
 * @param isDashed whether nothing flows along it
 */
public record OperatorStyle(String title, String color, Symbol symbol, boolean isDashed) {}
