package dev.espalier.search.method.metatrain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Require;
import org.jspecify.annotations.Nullable;

/**
 * What is learned from, by the names it was imported or made under; empty for the newest of the
 * space that is here.
 *
 * @param generator the meta-database of the best architectures of each task
 * @param predictor the meta-database of all that were evaluated
 * @param features those of the image collection that the tasks' classes belong to; empty for those
 *     that the predictor's database was made with, where they are here
 * @param make the making of all three, where the experiment begins with it; else null
 */
public record KnownTasks(
    String generator,
    String predictor,
    String features,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Specification make) {
  public KnownTasks {
    Require.present("generator", generator);
    Require.present("predictor", predictor);
    Require.present("features", features);
  }
}
