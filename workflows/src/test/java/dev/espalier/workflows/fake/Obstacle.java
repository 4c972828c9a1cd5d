package dev.espalier.workflows.fake;

import io.temporal.activity.ActivityExecutionContext;

/** Something a unit of work meets before it gives its answer: it may wait here, or fail. */
@FunctionalInterface
public interface Obstacle {
  void meet(String unit, ActivityExecutionContext context);
}
