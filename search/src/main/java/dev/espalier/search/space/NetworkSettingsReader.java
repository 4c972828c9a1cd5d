package dev.espalier.search.space;

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

/** Reads network settings as those of the space that has just these; else as the first one's. */
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
            .filter(each -> Set.copyOf(names(each)).equals(given))
            .findFirst()
            .orElseGet(() -> SearchSpaces.all().getFirst().networkSettings());
    return context.readTreeAsValue(settings, type);
  }

  /** The settings of a record, sorted. */
  static List<String> names(Class<? extends NetworkSettings> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .sorted()
        .toList();
  }
}
