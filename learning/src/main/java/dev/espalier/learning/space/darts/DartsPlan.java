package dev.espalier.learning.space.darts;

import dev.espalier.learning.network.AuxiliaryHead;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.space.darts.DartsWiring.Bundle;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.darts.CellType;
import dev.espalier.search.space.darts.DartsEdge;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsShape.Place;
import dev.espalier.search.space.darts.Genotype;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The skeleton around DARTS cells, and the names and shapes of all parameters.
 *
 * @param channels of every node of the first cell
 * @param cells in order
 * @param classes outputs; ignored where thin
 * @param imageChannels of the input; the thin network's equals {@code channels}
 * @param auxiliary whether there is a second classifier behind the second reduction cell
 */
public record DartsPlan(
    Skeleton skeleton,
    int channels,
    List<CellType> cells,
    int classes,
    int imageChannels,
    boolean auxiliary) {
  private static final int STEM_FACTOR = 3;

  /** What stands before and behind the cells. */
  public enum Skeleton {
    /** TE-NAS's network for the kernel: a convolution; batch norm, ReLU, average, linear layer. */
    MEASURED,
    /** TE-NAS's network for the regions: nothing before; batch norm and ReLU behind. */
    THIN,
    /** The network that genotypes are trained in for CIFAR. */
    CIFAR,
    /** The network that genotypes are trained in for ImageNet. */
    IMAGENET
  }

  public DartsPlan {
    cells = List.copyOf(cells);
    if (channels < 1 || cells.isEmpty() || classes < 1 || imageChannels < 1) {
      throw new InvalidInput(
          ("a network needs at least 1 channel, cell, class and image channel, but got channels %d, "
                  + "cells %d, classes %d, image channels %d")
              .formatted(channels, cells.size(), classes, imageChannels));
    }
  }

  /** The kernel's network: some normal cells and a reduction cell. */
  public static DartsPlan measured(int channels, int normalCells, int classes, int imageChannels) {
    return new DartsPlan(
        Skeleton.MEASURED, channels, measuredCells(normalCells), classes, imageChannels, false);
  }

  /** The regions' network: a normal and a reduction cell. */
  public static DartsPlan thin(int channels) {
    return new DartsPlan(Skeleton.THIN, channels, measuredCells(1), 1, channels, false);
  }

  private static List<CellType> measuredCells(int normalCells) {
    List<CellType> cells = new ArrayList<>(Collections.nCopies(normalCells, CellType.NORMAL));
    cells.add(CellType.REDUCTION);
    return cells;
  }

  /** The network that genotypes are trained in. */
  public static DartsPlan of(DartsShape shape) {
    Skeleton skeleton =
        switch (shape.stem()) {
          case CIFAR -> Skeleton.CIFAR;
          case IMAGENET -> Skeleton.IMAGENET;
        };
    return new DartsPlan(
        skeleton,
        shape.channels(),
        shape.places().stream().map(Place::type).toList(),
        shape.classes(),
        shape.imageChannels(),
        false);
  }

  /** The same with an auxiliary head. */
  public DartsPlan withAuxiliaryHead() {
    return new DartsPlan(skeleton, channels, cells, classes, imageChannels, true);
  }

  /** Whether the auxiliary head sees what this cell gives. */
  boolean auxiliaryBehind(int cell) {
    return auxiliary && cell == DartsShape.auxiliaryCell(cells.size());
  }

  private AuxiliaryHead.Form auxiliaryForm() {
    return skeleton == Skeleton.IMAGENET ? AuxiliaryHead.Form.IMAGENET : AuxiliaryHead.Form.CIFAR;
  }

  /** Every parameter of a genotype's network, in the order of the forward pass. */
  public List<ParameterSpecification> parameters(Genotype genotype) {
    return parameters(DartsWiring.of(genotype));
  }

  boolean isThin() {
    return skeleton == Skeleton.THIN;
  }

  /** Whether batch norm and ReLU stand behind the cells. */
  boolean activatesLast() {
    return skeleton == Skeleton.MEASURED || isThin();
  }

  private int stemChannels() {
    return skeleton == Skeleton.CIFAR ? STEM_FACTOR * channels : channels;
  }

  /** The cells in order. */
  public List<Place> places() {
    return DartsShape.places(cells, channels, stemChannels(), skeleton == Skeleton.IMAGENET);
  }

  /** Every parameter of a network so wired, in the order of the forward pass. */
  List<ParameterSpecification> parameters(DartsWiring wiring) {
    DartsParameters parameters = new DartsParameters();
    switch (skeleton) {
      case THIN -> {}
      case MEASURED, CIFAR -> {
        parameters.convolution("stem.0.weight", stemChannels(), imageChannels, 3);
        parameters.norm("stem.1", stemChannels());
      }
      case IMAGENET -> {
        parameters.convolution("stem0.0.weight", channels / 2, imageChannels, 3);
        parameters.norm("stem0.1", channels / 2);
        parameters.convolution("stem0.3.weight", channels, channels / 2, 3);
        parameters.norm("stem0.4", channels);
        parameters.convolution("stem1.1.weight", channels, channels, 3);
        parameters.norm("stem1.2", channels);
      }
    }
    int output = stemChannels();
    for (int cell = 0; cell < cells.size(); cell++) {
      Place place = places().get(cell);
      addCell(parameters, cell, place, wiring.of(place.type()));
      output = place.output();
      if (auxiliaryBehind(cell)) {
        parameters.list().addAll(AuxiliaryHead.parameters(output, classes, auxiliaryForm()));
      }
    }
    if (activatesLast()) {
      parameters.norm("lastact.0", output);
    }
    if (!isThin()) {
      parameters.linear("classifier", classes, output);
    }
    return parameters.list();
  }

  private static void addCell(
      DartsParameters parameters, int cell, Place place, List<Bundle> bundles) {
    String prefix = "cells.%d".formatted(cell);
    int channels = place.channels();
    if (place.older()) {
      parameters.reduction(prefix + ".preprocess0", place.olderChannels(), channels);
    } else {
      parameters.convolutionAndNorm(prefix + ".preprocess0", place.olderChannels(), channels);
    }
    parameters.convolutionAndNorm(prefix + ".preprocess1", place.newerChannels(), channels);
    for (Bundle bundle : bundles) {
      int stride = DartsEdge.stride(place.type(), bundle.source());
      for (DartsOperator operator : bundle.operators()) {
        addOperator(parameters, operatorPrefix(cell, bundle, operator), operator, channels, stride);
      }
    }
  }

  private static void addOperator(
      DartsParameters parameters, String prefix, DartsOperator operator, int channels, int stride) {
    switch (operator) {
      case NONE, AVG_POOL_3X3, MAX_POOL_3X3 -> {}
      case SKIP_CONNECT -> {
        if (stride == 2) {
          parameters.reduction(prefix, channels, channels);
        }
      }
      case SEP_CONV_3X3, SEP_CONV_5X5 -> {
        parameters.separable(prefix + ".op_a", channels, operator.kernel());
        parameters.separable(prefix + ".op_b", channels, operator.kernel());
      }
      case DIL_CONV_3X3, DIL_CONV_5X5 -> parameters.separable(prefix, channels, operator.kernel());
    }
  }

  /** E.g. {@code cells.0.edges.2<-0.sep_conv_3x3}. */
  public static String operatorPrefix(int cell, Bundle bundle, DartsOperator operator) {
    return "cells.%d.edges.%s.%s".formatted(cell, bundle.name(), operator.label());
  }
}
