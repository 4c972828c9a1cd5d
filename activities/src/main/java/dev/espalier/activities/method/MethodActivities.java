package dev.espalier.activities.method;

import java.util.List;

/**
 * The activities of one method.
 *
 * <p>A worker finds it by its line in {@code
 * META-INF/services/dev.espalier.activities.method.MethodActivities}.
 */
public interface MethodActivities {
  /** The implementations; one that is {@link Holding} is closed with the worker. */
  List<Object> implementations(Equipment equipment);
}
