package dev.espalier.api.method;

import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.providers.Providers;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.util.List;

/**
 * How the findings of one method are read and reported. {@code META-INF/services} lists one for
 * each method.
 */
public interface MethodFindings {
  /** The method whose findings these are. */
  String method();

  /** The record that {@link #read} gives, for the description of the API. */
  Class<? extends Findings> type();

  /** The stages that train networks, whose curves grow with every epoch. */
  List<String> trainingStages();

  /** What the experiment's stages recorded, as far as they have come. */
  Findings read(Store store, ExperimentDocument experiment);

  /** The method's part of the report. */
  MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view);

  /** One for each method. */
  static List<MethodFindings> all() {
    return Providers.of(MethodFindings.class);
  }

  /** Those of one method; one that is not listed is shown by its stages alone. */
  static MethodFindings of(String method) {
    return all().stream()
        .filter(each -> each.method().equals(method))
        .findFirst()
        .orElseGet(() -> new PlainFindings(method));
  }
}
