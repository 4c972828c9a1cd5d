package dev.espalier.search.method;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.providers.Providers;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The methods that there are, as {@code META-INF/services} lists them. */
public final class Methods {
  private static final List<Method> ALL = Providers.of(Method.class);

  private Methods() {}

  /** All of them, the default first. */
  public static List<Method> all() {
    return ALL;
  }

  public static List<String> names() {
    return ALL.stream().map(Method::name).toList();
  }

  public static Optional<Method> find(String name) {
    return ALL.stream().filter(method -> method.name().equals(name)).findFirst();
  }

  /**
   * The method of that name.
   *
   * @throws InvalidInput if there is none
   */
  public static Method named(String name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  /** The first method whose specifications can do this. */
  public static Method thatCan(Class<? extends Specification> ability) {
    return ALL.stream()
        .filter(method -> ability.isAssignableFrom(method.specification()))
        .findFirst()
        .orElseThrow();
  }

  private static InvalidInput unknown(String name) {
    return new InvalidInput(
        "%s is no method of this version: it knows %s".formatted(name, String.join(", ", names())));
  }

  /**
   * What a module provides for one method.
   *
   * @param provided one for each method
   * @param name tells which method one is for
   * @throws InvalidInput if there is none for that method
   */
  public static <T> T of(String method, List<T> provided, Function<T, String> name) {
    return provided.stream()
        .filter(each -> name.apply(each).equals(method))
        .findFirst()
        .orElseThrow(() -> unknown(method));
  }
}
