package dev.espalier.api.http;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.uri.UriBuilder;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is answered, in which order: {@code limit} (1 to 1,000), {@code offset},
 * {@code q} (words that each must be somewhere in an item) and {@code sort} (the name of a field,
 * with {@code -} before it the greatest first). Without any it is the whole list as it is.
 */
public final class ListPart {
  /** Of how many the part is one. */
  public static final String TOTAL = "X-Total-Count";

  private static final int MOST = 1_000;
  private static final int LAST = 999_999_999;
  private static final List<String> PARAMETERS = List.of("limit", "offset", "q", "sort");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final HttpRequest<?> request;
  private final Map<String, List<String>> parameters;
  private final List<String> problems = new ArrayList<>();

  private ListPart(HttpRequest<?> request) {
    this.request = request;
    this.parameters = request.getParameters().asMap();
  }

  /**
   * Answers with the part of {@code all} that the request asks for.
   *
   * @throws InvalidInput with everything that is wrong with the parameters
   */
  public static <T extends Record> HttpResponse<List<T>> answer(
      HttpRequest<?> request, Class<T> type, List<T> all) {
    return new ListPart(request).of(type, all);
  }

  private <T extends Record> HttpResponse<List<T>> of(Class<T> type, List<T> all) {
    parameters.keySet().stream()
        .filter(name -> !PARAMETERS.contains(name))
        .forEach(name ->
            problems.add(
                "%s is no parameter of the list: allowed are %s.%s"
                    .formatted(
                        name,
                        String.join(", ", PARAMETERS),
                        DidYouMean.sentence(name, PARAMETERS))));
    int limit = whole("limit", 1, MOST, MOST);
    int offset = whole("offset", 0, LAST, 0);
    Comparator<T> order = order(type);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    List<T> found = all.stream().filter(this::hasWords).sorted(order).toList();
    int first = Math.min(offset, found.size());
    int end = text("limit") == null ? found.size() : Math.min(found.size(), first + limit);
    MutableHttpResponse<List<T>> response =
        HttpResponse.ok(found.subList(first, end)).header(TOTAL, Integer.toString(found.size()));
    return end == found.size()
        ? response
        : response.header("Link", "<%s>; rel=\"next\"".formatted(from(end)));
  }

  private @Nullable String text(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? null : values.getLast();
  }

  private int whole(String name, int least, int most, int usual) {
    @Nullable String text = text(name);
    if (text == null) {
      return usual;
    }
    if (text.matches("\\d{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    problems.add(
        "%s must be a whole number from %d to %,d, but was \"%s\"."
            .formatted(name, least, most, text));
    return usual;
  }

  private boolean hasWords(Record item) {
    String words = String.join(" ", parameters.getOrDefault("q", List.of())).strip();
    String text = words.isEmpty() ? "" : Json.write(item).toLowerCase(Locale.ROOT);
    return BLANKS
        .splitAsStream(words.toLowerCase(Locale.ROOT))
        .allMatch(word -> text.contains(word));
  }

  /** What is not there stands last either way. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the values of one component are of one type
  private <T extends Record> Comparator<T> order(Class<T> type) {
    @Nullable String sort = text("sort");
    if (sort == null) {
      return (_, _) -> 0;
    }
    boolean descending = sort.startsWith("-");
    String name = descending ? sort.substring(1) : sort;
    Map<String, RecordComponent> fields = new LinkedHashMap<>();
    Arrays.stream(type.getRecordComponents())
        .filter(component -> isSingle(component.getType()))
        .forEach(component -> fields.put(component.getName(), component));
    RecordComponent field = fields.get(name);
    if (field == null) {
      problems.add(
          "sort %s is not possible: allowed are %s, each with a - before it for the greatest first.%s"
              .formatted(
                  sort,
                  String.join(", ", fields.keySet()),
                  DidYouMean.sentence(name, fields.keySet())));
      return (_, _) -> 0;
    }
    return (left, right) -> {
      Comparable one = value(field, left);
      Comparable other = value(field, right);
      if (one == null || other == null) {
        return Boolean.compare(one == null, other == null);
      }
      return descending ? other.compareTo(one) : one.compareTo(other);
    };
  }

  private static boolean isSingle(Class<?> type) {
    return type.isPrimitive()
        || type.isEnum()
        || type == Instant.class
        || type == String.class
        || Number.class.isAssignableFrom(type);
  }

  private static @Nullable Comparable<?> value(RecordComponent field, Record item) {
    try {
      return (Comparable<?>) field.getAccessor().invoke(item);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(field + " cannot be read", e);
    }
  }

  private String from(int offset) {
    UriBuilder next = UriBuilder.of(request.getPath());
    parameters.forEach((name, values) -> {
      if (!name.equals("offset")) {
        next.queryParam(name, values.toArray());
      }
    });
    return next.queryParam("offset", offset).build().toString();
  }
}
