package dev.espalier.api.method.random;

import dev.espalier.api.method.Findings;
import dev.espalier.api.view.SampleView;
import dev.espalier.workflows.method.random.RandomResult;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import org.jspecify.annotations.Nullable;

/**
 * What random search has found.
 *
 * @param method {@code random}
 * @param sample the architectures that were drawn, as far as they are evaluated
 * @param result the best and what was to be expected; null until the report
 */
@OpenAPIExtraSchema
public record RandomFindings(String method, SampleView sample, @Nullable RandomResult result)
    implements Findings {}
