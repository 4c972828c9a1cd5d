package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.space.CutNetworks;
import dev.espalier.learning.space.MeasuredNetworks;
import dev.espalier.learning.space.SupernetWeights;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork;
import dev.espalier.search.space.mobilenetv3.MobileNetV3;
import java.util.Map;

/** The networks of MobileNetV3's elastic space. */
public final class MobileNetV3Networks implements CutNetworks, MeasuredNetworks {
  /** Channels and images that a CPU bears; there are as many blocks as the architecture has. */
  private static final ScoringSettings SCORED = new ScoringSettings(16, 1, 64, 16);

  @Override
  public String space() {
    return MobileNetV3.NAME;
  }

  @Override
  public Trainee trainee(NetworkSettings network, Architecture architecture, int imageSize) {
    return new ElasticTrainee((ElasticArchitecture) architecture, (ElasticNetwork) network);
  }

  @Override
  public SupernetWeights supernet(byte[] file) {
    return ElasticWeights.read(file);
  }

  @Override
  public ArchitectureIndicators indicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings network) {
    return new ElasticIndicators(torch, images, settings, network);
  }

  @Override
  public ScoringSettings scoredNetwork() {
    return SCORED;
  }

  @Override
  public byte[] onnx(
      NetworkSettings network,
      Architecture architecture,
      Safetensors weights,
      int imageSize,
      Map<String, String> facts) {
    return ElasticGraph.model(
        (ElasticArchitecture) architecture, (ElasticNetwork) network, weights, imageSize, facts);
  }
}
