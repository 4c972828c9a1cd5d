package dev.espalier.api.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.catalogue.MethodView.PresetView;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.specification.GnnEvolutionSpecification;
import dev.espalier.search.specification.Specification;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.search.specification.TeNasSpecification;
import dev.espalier.search.specification.TrainSpecification;
import dev.espalier.workflows.experiment.Plans;
import dev.espalier.workflows.experiment.StagePlan;
import java.util.List;
import java.util.Map;

/** The methods, as people choose them. */
final class Methods {
  /** To show the settings of a recipe with; whoever trains gives one of their own. */
  private static final Map<String, String> EXAMPLE =
      Map.of("architecture", Examples.of(NasBench201.SPACE));

  private Methods() {}

  static List<MethodView> all() {
    return List.of(
        method(
            TeNasSpecification.METHOD,
            "TE-NAS",
            "Prunes a network that holds every candidate at once, by two numbers that need no training: the condition"
                + " number of its tangent kernel, and how many linear regions it has. What is left is trained for real"
                + " beside random cells.",
            "Chen, Gong, Wang: Neural Architecture Search on ImageNet in Four GPU Hours, ICLR 2021"),
        method(
            GnnEvolutionSpecification.METHOD,
            "GNN-guided evolution",
            "Trains a sample of networks for real, fits a graph network that predicts the accuracy of any other, and"
                + " evolves architectures on its predictions within a budget of multiply-adds. The winner is trained for"
                + " real beside random networks of equal cost.",
            "github.com/eric8607242/NAS_with_GNN_predictor"),
        method(
            TrainSpecification.METHOD,
            "Training",
            "Trains one architecture for good by a recipe, and keeps its weights. Give it as the setting architecture.",
            "The recipes of NAS-Bench-201 (Dong and Yang, ICLR 2020) and DARTS (Liu, Simonyan and Yang, ICLR 2019)"));
  }

  private static MethodView method(String name, String title, String summary, String paper) {
    return new MethodView(
        name,
        title,
        summary,
        paper,
        Plans.of(name).stream().map(StagePlan::name).toList(),
        Specification.presets(name).stream().map(preset -> preset(name, preset)).toList(),
        Json.read(Specification.schema(name), JsonNode.class));
  }

  private static PresetView preset(String method, String preset) {
    return new PresetView(
        preset,
        SpecificationReader.preset(
            method, preset, method.equals(TrainSpecification.METHOD) ? EXAMPLE : Map.of()));
  }
}
