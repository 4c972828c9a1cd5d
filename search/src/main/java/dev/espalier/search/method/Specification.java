package dev.espalier.search.method;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.settings.FailureSettings;
import java.util.List;

/** What a person launches, fully resolved: nothing is left to a default. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.CUSTOM,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "method",
    visible = true)
@JsonTypeIdResolver(ByMethod.class)
public interface Specification {
  String method();

  String space();

  String data();

  long seed();

  String preset();

  /** Where tensors are computed: {@code any}, {@code cpu} or {@code gpu}. */
  String device();

  FailureSettings failure();

  /** The name of an imported table to look evaluations up in, or empty. */
  String table();

  /** The format of import that this table must have. */
  default String tableFormat() {
    return "accuracies";
  }

  /** Which trainings of a table that keeps several are looked up, by name; empty for the first. */
  default String policy() {
    return "";
  }

  /** Whether it can look up in a table of this format of import. */
  default boolean readsTable(String format) {
    List<String> ofArchitectures = List.of("accuracies", "nas-bench-101");
    return ofArchitectures.contains(format) == ofArchitectures.contains(tableFormat());
  }

  /** Whether it looks at images at all. */
  default boolean needsImages() {
    return true;
  }

  /** RFC 8785; reads back as an equal specification. */
  default String canonical() {
    return CanonicalJson.of(this);
  }
}
