package dev.espalier.cli.view;

import org.jspecify.annotations.Nullable;

/**
 * Where the result of an experiment can be read.
 *
 * @param page address of its page; null when nothing serves it now
 * @param report path of the report file; null when it was not written
 */
public record Places(@Nullable String page, @Nullable String report) {}
