package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.space.MeasuredNetworks;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.GraphCellNetwork;
import dev.espalier.search.space.nasbench101.NasBench101;
import java.util.Map;

/** The networks of NAS-Bench-101 cells. */
public final class NasBench101Networks implements MeasuredNetworks {
  /** Channels that a CPU bears, an eighth of the benchmark's; its cells; images as elsewhere. */
  private static final ScoringSettings SCORED = new ScoringSettings(16, 3, 64, 16);

  @Override
  public String space() {
    return NasBench101.NAME;
  }

  @Override
  public Trainee trainee(NetworkSettings network, Architecture architecture, int imageSize) {
    return new GraphCellTrainee((GraphCell) architecture, (GraphCellNetwork) network);
  }

  @Override
  public byte[] onnx(
      NetworkSettings network,
      Architecture architecture,
      Safetensors weights,
      int imageSize,
      Map<String, String> facts) {
    return ModuleGraph.model(
        (GraphCell) architecture, (GraphCellNetwork) network, weights, imageSize, facts);
  }

  @Override
  public ArchitectureIndicators indicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings network) {
    return new GraphCellIndicators(torch, images, settings, network);
  }

  @Override
  public ScoringSettings scoredNetwork() {
    return SCORED;
  }
}
