package dev.espalier.learning.space.darts;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.space.SupernetNetworks;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.darts.GenotypeNetwork;
import java.util.Map;

/** The networks of genotypes. */
public final class DartsNetworks implements SupernetNetworks {
  @Override
  public String space() {
    return DartsSpace.NAME;
  }

  @Override
  public Trainee trainee(NetworkSettings network, Architecture architecture, int imageSize) {
    GenotypeNetwork around = (GenotypeNetwork) network;
    return new GenotypeTrainee(
        (Genotype) architecture, around.stem(), around.channels(), around.cells(), imageSize);
  }

  @Override
  public byte[] onnx(
      NetworkSettings network,
      Architecture architecture,
      Safetensors weights,
      int imageSize,
      Map<String, String> facts) {
    int cells = ((GenotypeNetwork) network).cells();
    return GenotypeGraph.model((Genotype) architecture, cells, weights, imageSize, facts);
  }

  @Override
  public Indicators supernetIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, long seed) {
    return new DartsIndicators(torch, images, settings, seed);
  }

  @Override
  public ArchitectureIndicators indicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings network) {
    return new GenotypeIndicators(torch, images, settings, network);
  }

  @Override
  public ScoringSettings scoredNetwork() {
    return ScoringSettings.DARTS;
  }
}
