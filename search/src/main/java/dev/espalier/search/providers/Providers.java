package dev.espalier.search.providers;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;

/** What {@code META-INF/services} lists. */
public final class Providers {
  private Providers() {}

  /** The providers of a service in the order of their list; each module has a list of its own. */
  public static <T> List<T> of(Class<T> service) {
    Iterator<T> loaded = ServiceLoader.load(service, service.getClassLoader()).iterator();
    Iterable<T> once = () -> loaded;
    return StreamSupport.stream(once.spliterator(), false).toList();
  }
}
