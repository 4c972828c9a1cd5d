package dev.espalier.learning.space.parallel;

import dev.espalier.learning.space.SpaceNetworks;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.Map;

/** The networks of architectures whose layers sum several operations. */
public final class ParallelNetworks implements SpaceNetworks {
  @Override
  public String space() {
    return ParallelSpace.NAME;
  }

  @Override
  public Trainee trainee(NetworkSettings network, Architecture architecture, int imageSize) {
    return new ParallelTrainee((MacroShape) network, (ParallelArchitecture) architecture);
  }

  @Override
  public byte[] onnx(
      NetworkSettings network,
      Architecture architecture,
      Safetensors weights,
      int imageSize,
      Map<String, String> facts) {
    return LayersGraph.model(
        (MacroShape) network, (ParallelArchitecture) architecture, weights, imageSize, facts);
  }
}
