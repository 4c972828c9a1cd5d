package dev.espalier.search.method.metad2a;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Require;
import org.jspecify.annotations.Nullable;

/**
 * The meta-trained models, by their names in the catalogue, and what is known beside them.
 *
 * @param generator that proposes; empty for the newest of the space that is here
 * @param predictor that ranks; empty likewise
 * @param features of the data set's images; empty to compute them
 * @param known the meta-database whose tasks are the known data sets of the transfer baseline;
 *     empty for the one that the predictor learned from, where it is here
 * @param train the meta-training of both models, where the experiment begins with it; else null
 */
public record ModelNames(
    String generator,
    String predictor,
    String features,
    String known,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Specification train) {
  public ModelNames {
    Require.present("generator", generator);
    Require.present("predictor", predictor);
    Require.present("features", features);
    Require.present("known", known);
  }
}
