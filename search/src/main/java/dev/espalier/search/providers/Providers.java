package dev.espalier.search.providers;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;

/** What {@code META-INF/services} lists. */
public final class Providers {
  private static final ClassValue<List<?>> READ =
      new ClassValue<>() {
        @Override
        protected List<?> computeValue(Class<?> service) {
          return read(service);
        }
      };

  private Providers() {}

  /**
   * The providers of a service in the order of their list, which is read once; each module has a
   * list of its own.
   */
  @SuppressWarnings("unchecked") // what is read for a service is of the service
  public static <T> List<T> of(Class<T> service) {
    return (List<T>) READ.get(service);
  }

  private static <T> List<T> read(Class<T> service) {
    Iterator<T> loaded = ServiceLoader.load(service, service.getClassLoader()).iterator();
    Iterable<T> once = () -> loaded;
    return StreamSupport.stream(once.spliterator(), false).toList();
  }
}
