package dev.espalier.search.settings;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Measured latencies by which architectures are judged.
 *
 * @param table of latencies, in the catalogue of data: a name, or in what was launched its digest
 * @param device one of the table's
 * @param imageSize height and width of the images in pixels; 0 for that of the trainings
 */
public record MeasuredLatencies(
    String table, String device, @JsonInclude(JsonInclude.Include.NON_DEFAULT) int imageSize) {
  public MeasuredLatencies {
    Require.present("table", table);
    Require.present("device", device);
    Require.notNegative("imageSize", imageSize);
  }
}
