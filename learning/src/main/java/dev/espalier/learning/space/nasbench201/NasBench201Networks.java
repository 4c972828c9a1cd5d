package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.space.SupernetNetworks;
import dev.espalier.learning.space.nasbench201.kernel.VectorKernel;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.CellNetwork;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.util.Map;

/** The networks of NAS-Bench-201 cells. */
public final class NasBench201Networks implements SupernetNetworks {
  @Override
  public String space() {
    return NasBench201.SPACE.name();
  }

  @Override
  public void requireProcessor() {
    VectorKernel.requireVectors();
  }

  @Override
  public Trainee trainee(NetworkSettings network, Architecture architecture, int imageSize) {
    CellNetwork around = (CellNetwork) network;
    return new CellTrainee((Cell) architecture, around.channels(), around.cells());
  }

  @Override
  public byte[] onnx(
      NetworkSettings network,
      Architecture architecture,
      Safetensors weights,
      int imageSize,
      Map<String, String> facts) {
    int cells = ((CellNetwork) network).cells();
    return CellGraph.model((Cell) architecture, cells, weights, imageSize, facts);
  }

  @Override
  public Indicators supernetIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, long seed) {
    return new SupernetIndicators(torch, images, settings, seed);
  }

  @Override
  public ArchitectureIndicators indicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings network) {
    return new CellIndicators(torch, images, settings, network);
  }

  @Override
  public ScoringSettings scoredNetwork() {
    return ScoringSettings.DEFAULT;
  }
}
