package dev.espalier.workers.alone;

import java.util.List;

/**
 * Tells a process that runs one unit of work what it can do; made there by its constructor without
 * parameters.
 */
@FunctionalInterface
public interface UnitRegistration {
  /** Activity implementations, among them the one of the errand. */
  List<Object> activities(UnitContext context);
}
