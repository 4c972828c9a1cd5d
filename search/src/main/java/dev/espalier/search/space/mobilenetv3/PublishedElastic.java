package dev.espalier.search.space.mobilenetv3;

import dev.espalier.search.meta.PublishedGraphs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sub-networks as the files of MetaD2A have them: lists {@code ks}, {@code e} and {@code d}. */
public final class PublishedElastic implements PublishedGraphs {
  @Override
  public String space() {
    return MobileNetV3.NAME;
  }

  @Override
  public Optional<Written> ofLists(Map<String, List<Integer>> lists) {
    List<Integer> kernels = lists.get("ks");
    List<Integer> expansions = lists.get("e");
    List<Integer> depths = lists.get("d");
    return kernels == null || expansions == null || depths == null
        ? Optional.empty()
        : Optional.of(
            new Written(
                new ElasticSlots(kernels, expansions, depths).architecture().canonical(), ""));
  }
}
