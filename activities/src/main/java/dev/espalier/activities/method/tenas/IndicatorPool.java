package dev.espalier.activities.method.tenas;

import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.indicator.RecentlyUsed;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.settings.IndicatorSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps prepared indicators between chunks: each slot borrows one, and the few newest are kept. The
 * images that they are measured on are shared, also by experiments that differ in their seed.
 */
final class IndicatorPool implements AutoCloseable {
  private static final int KEPT = 4;
  private static final int IMAGES_KEPT = 2;

  private record Idle(String key, Indicators indicators) {}

  private final Torch torch;
  private final LoadedDatasets datasets;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final RecentlyUsed<String, IndicatorImages> images = new RecentlyUsed<>(IMAGES_KEPT);

  IndicatorPool(Torch torch, LoadedDatasets datasets) {
    this.torch = torch;
    this.datasets = datasets;
  }

  /** Lends indicators for a search on a data set; they belong to the calling thread meanwhile. */
  <R> R with(TeNasSpecification specification, String dataDigest, Function<Indicators, R> work) {
    String key =
        String.join(
            "/",
            specification.space(),
            Digest.of(specification.search()),
            Long.toString(specification.seed()),
            dataDigest);
    Indicators indicators = take(key);
    if (indicators == null) {
      indicators =
          NetworksBySpace.supernets(specification.prunable())
              .supernetIndicators(
                  torch,
                  images(specification.search().indicators(), dataDigest),
                  specification.search().indicators(),
                  specification.seed());
    }
    boolean whole = false;
    try {
      R result = work.apply(indicators);
      whole = true;
      giveBack(new Idle(key, indicators));
      return result;
    } finally {
      if (!whole) {
        indicators.close(); // what it holds may be half done
      }
    }
  }

  private IndicatorImages images(IndicatorSettings settings, String dataDigest) {
    synchronized (images) {
      return images.get(
          Digest.of(settings) + "/" + dataDigest,
          key -> IndicatorImages.of(datasets.load(dataDigest), settings.ntk(), settings.regions()));
    }
  }

  private synchronized @Nullable Indicators take(String key) {
    for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
      Idle candidate = each.next();
      if (candidate.key().equals(key)) {
        each.remove();
        return candidate.indicators();
      }
    }
    return null;
  }

  private synchronized void giveBack(Idle back) {
    idle.addFirst(back);
    while (idle.size() > KEPT) {
      idle.removeLast().indicators().close();
    }
  }

  @Override
  public synchronized void close() {
    idle.forEach(each -> each.indicators().close());
    idle.clear();
  }
}
