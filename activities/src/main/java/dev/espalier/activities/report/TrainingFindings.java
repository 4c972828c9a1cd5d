package dev.espalier.activities.report;

import dev.espalier.activities.report.ReportModel.Trained;
import org.jspecify.annotations.Nullable;

/**
 * What a training came to.
 *
 * @param drawing of the architecture, SVG
 * @param epochs that it was to be trained for
 * @param trained null until the training began
 */
public record TrainingFindings(
    String architecture,
    String drawing,
    long parameters,
    long macs,
    int epochs,
    @Nullable Trained trained)
    implements ReportModel.Findings {}
