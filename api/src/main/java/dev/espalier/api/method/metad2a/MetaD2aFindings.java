package dev.espalier.api.method.metad2a;

import dev.espalier.api.method.Findings;
import dev.espalier.api.view.SampleView;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import dev.espalier.workflows.method.metad2a.RankingResult;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import org.jspecify.annotations.Nullable;

/**
 * What a search by MetaD2A has found.
 *
 * @param method {@code metad2a}
 * @param prepared data and models; null until they are found, as the others until their stage
 * @param encoded the data set as the models see it
 * @param generated how many graphs were valid, and so on
 * @param ranking what was ranked, and who evaluates what
 * @param sample the evaluated architectures, as far as they are
 * @param result null until the report
 */
@OpenAPIExtraSchema
public record MetaD2aFindings(
    String method,
    @Nullable PreparedSearch prepared,
    @Nullable EncodedData encoded,
    @Nullable GeneratedArchitectures generated,
    @Nullable RankingResult ranking,
    SampleView sample,
    @Nullable MetaD2aResult result)
    implements Findings {}
