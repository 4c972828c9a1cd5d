package dev.espalier.api.method.training;

import dev.espalier.api.method.Findings;
import dev.espalier.api.view.TrainingView;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import org.jspecify.annotations.Nullable;

/**
 * The numbers behind the plots of a training.
 *
 * @param method {@code train}
 * @param architecture that is trained
 * @param parameters of its network; {@code macs} of one image through it
 * @param epochs that it is trained for
 * @param training null until it begins
 */
@OpenAPIExtraSchema
public record TrainingFindings(
    String method,
    String architecture,
    long parameters,
    long macs,
    int epochs,
    @Nullable TrainingView training)
    implements Findings {}
