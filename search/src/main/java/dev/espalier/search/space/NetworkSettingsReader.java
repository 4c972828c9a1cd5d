package dev.espalier.search.space;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads network settings as those of the space that has just these, whatever of them is optional;
 * else as the first one's.
 */
final class NetworkSettingsReader extends JsonDeserializer<NetworkSettings> {
  @Override
  public NetworkSettings deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode settings = context.readTree(parser);
    Set<String> given = new HashSet<>();
    settings.fieldNames().forEachRemaining(given::add);
    Class<? extends NetworkSettings> type =
        SearchSpaces.all().stream()
            .<Class<? extends NetworkSettings>>map(SearchSpace::networkSettings)
            .filter(each -> fit(each, given))
            .findFirst()
            .orElseGet(() -> SearchSpaces.all().getFirst().networkSettings());
    return context.readTreeAsValue(settings, type);
  }

  /** Whether these are the settings of a record: all that it needs, and none that it has not. */
  static boolean fit(Class<? extends NetworkSettings> type, Set<String> given) {
    return given.containsAll(names(type, false))
        && Set.copyOf(components(type).map(RecordComponent::getName).toList()).containsAll(given);
  }

  /**
   * The settings of a record, sorted.
   *
   * @param optional whether those that may be absent, which are left out of JSON where they are
   *     empty
   */
  static List<String> names(Class<? extends NetworkSettings> type, boolean optional) {
    return components(type)
        .filter(each -> each.getAccessor().isAnnotationPresent(JsonInclude.class) == optional)
        .map(RecordComponent::getName)
        .sorted()
        .toList();
  }

  private static Stream<RecordComponent> components(Class<? extends NetworkSettings> type) {
    return Arrays.stream(type.getRecordComponents());
  }
}
