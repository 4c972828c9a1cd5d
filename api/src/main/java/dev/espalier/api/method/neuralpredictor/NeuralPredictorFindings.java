package dev.espalier.api.method.neuralpredictor;

import dev.espalier.api.method.Findings;
import dev.espalier.api.view.SampleView;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.ClassifierResult;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.PreparedTable;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.RankedCells;
import dev.espalier.workflows.method.neuralpredictor.SplitResult;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import org.jspecify.annotations.Nullable;

/**
 * What Neural Predictor has found. What a stage has not come to is null.
 *
 * @param method {@code neural-predictor}
 * @param table that accuracies are looked up in; null where networks are trained
 * @param split which cells are learned from and judged on
 * @param sample the training cells, as far as they are evaluated
 * @param classifier the first stage of the cascade
 * @param predictor the second, and how its settings were chosen
 * @param ranking how good it is, and the filters side by side
 * @param cells the best ranked and some of the judged cells, with what was predicted
 * @param top the best ranked, as far as they are evaluated
 * @param result the chosen, and how the evaluations came to it
 * @param indicators that the predictors read beside graphs; null where they read none
 */
@OpenAPIExtraSchema
public record NeuralPredictorFindings(
    String method,
    @Nullable PreparedTable table,
    @Nullable SplitResult split,
    SampleView sample,
    @Nullable ClassifierResult classifier,
    @Nullable CellPredictorResult predictor,
    @Nullable RankResult ranking,
    @Nullable RankedCells cells,
    SampleView top,
    @Nullable NeuralPredictorResult result,
    @Nullable MeasuredIndicators indicators)
    implements Findings {}
