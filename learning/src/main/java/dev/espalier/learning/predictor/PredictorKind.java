package dev.espalier.learning.predictor;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of predictors; a new one is added here. */
enum PredictorKind {
  /** The graph network. */
  GNN {
    @Override
    List<Family> families() {
      return List.of(GraphModel.FAMILY);
    }

    @Override
    PredictorRecipe published() {
      return new PredictorRecipe(label(), 50, 1e-4, 128, 54, 5, 1, 0.1, 0, 1);
    }
  },
  /** The multi-layer perceptron. */
  MLP {
    @Override
    List<Family> families() {
      return List.of(PlainModel.FAMILY);
    }

    @Override
    PredictorRecipe published() {
      return new PredictorRecipe(label(), 200, 3e-4, 1, 54, 1, 10, 0.1, 30, 1);
    }
  },
  /** The random forest. */
  FOREST {
    @Override
    List<Family> families() {
      return List.of(ForestModel.FAMILY);
    }

    @Override
    PredictorRecipe published() {
      return new PredictorRecipe(label(), 1, 1, 1, 1, 1, 1, 0, 0, 200);
    }
  },
  /**
   * A linear model on what a layer's sum is made of and some graph networks, each with another
   * inner validation part: they err differently.
   */
  ENSEMBLE {
    @Override
    List<Family> families() {
      return List.of(LinearModel.FAMILY, GraphModel.FAMILY);
    }

    @Override
    PredictorRecipe published() {
      return new PredictorRecipe(label(), 60, 5e-4, 64, 54, 5, 10, 0.1, 15, 3);
    }

    @Override
    List<Family> members(PredictorRecipe recipe) {
      List<Family> members = new ArrayList<>(List.of(LinearModel.FAMILY));
      for (int i = 0; i < recipe.members(); i++) {
        members.add(GraphModel.FAMILY);
      }
      return members;
    }
  },
  /** Graph convolutions along and against the edges (Wen et al. 2020), as published. */
  NEURAL_PREDICTOR {
    @Override
    List<Family> families() {
      return List.of(ConvolutionModel.ACCURACY);
    }

    @Override
    PredictorRecipe published() {
      return new PredictorRecipe(label(), 300, 1e-4, 144, 128, 3, 10, 0, 0, 1);
    }
  },
  /** The same network for classes: the first stage of the paper's cascade. */
  NEURAL_CLASSIFIER {
    @Override
    List<Family> families() {
      return List.of(ConvolutionModel.CLASS);
    }

    @Override
    PredictorRecipe published() {
      return new PredictorRecipe(label(), 300, 1e-4, 144, 128, 3, 10, 0, 0, 1);
    }
  },
  /** A Gaussian process on places, paths and columns, with one length scale. */
  GAUSSIAN_PROCESS {
    @Override
    List<Family> families() {
      return List.of(ProcessModel.PLAIN);
    }

    @Override
    PredictorRecipe published() {
      return new PredictorRecipe(label(), 1, 1, 1, 1, 1, 1, 0, 0, 1);
    }
  },
  /** Gaussian processes that go by different things: they err differently. */
  BLEND {
    @Override
    List<Family> families() {
      return List.of(ProcessModel.GROUPED, ProcessModel.SHAPED, ProcessModel.DETAILED);
    }

    @Override
    PredictorRecipe published() {
      return new PredictorRecipe(label(), 1, 1, 1, 1, 1, 1, 0, 0, 1);
    }
  };

  /** Of the ensemble's linear model, chosen on the first 250 published architectures. */
  private static final double LINEAR_WEIGHT = 0.7;

  /** The name in recipes. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(PredictorKind::label).toList();
  }

  /**
   * The kind of this label.
   *
   * @throws InvalidInput with the allowed ones
   */
  static PredictorKind labelled(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new InvalidInput(unknown(label)));
  }

  /** What to say of a label that there is not. */
  static String unknown(String label) {
    return "unknown predictor \"%s\": allowed is %s.%s"
        .formatted(label, String.join(", ", labels()), DidYouMean.sentence(label, labels()));
  }

  /** The published setting; where nothing was published, the usual one. */
  abstract PredictorRecipe published();

  /** All that members may be. */
  abstract List<Family> families();

  /** The families of its members, in the order of fitting. */
  List<Family> members(PredictorRecipe recipe) {
    return families();
  }

  /** What each member counts, together 1: the same, but for the linear one beside others. */
  static double[] weights(List<Family> members) {
    double[] weights = new double[members.size()];
    boolean linear = members.size() > 1 && members.contains(LinearModel.FAMILY);
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          !linear
              ? 1.0 / weights.length
              : members.get(i).equals(LinearModel.FAMILY)
                  ? LINEAR_WEIGHT
                  : (1 - LINEAR_WEIGHT) / (weights.length - 1);
    }
    return weights;
  }
}
