package dev.espalier.api.method;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What one experiment has found, as far as it is known: for every method a record of its own, which
 * the page, the report and the command line read. Fields are added, never renamed or removed.
 */
@Schema(
    description = "For every method its own, which is named like the method.",
    discriminatorProperty = "method")
public interface Findings {
  /** The method, which says which findings these are. */
  String method();
}
