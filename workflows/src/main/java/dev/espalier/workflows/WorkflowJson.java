package dev.espalier.workflows;

import dev.espalier.search.canonical.Json;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;

/** The one JSON dialect of histories: clients, workers, tests and replays all use it. */
public final class WorkflowJson {
  private WorkflowJson() {}

  /** Records as JSON; unknown fields are ignored, so that old code reads what newer code wrote. */
  public static DataConverter converter() {
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper()));
  }
}
