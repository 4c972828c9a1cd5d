package dev.espalier.search.specification;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.espalier.search.canonical.CanonicalJson;
import java.util.List;

/** What a person launches, fully resolved: nothing is left to a default. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "method",
    visible = true)
@JsonSubTypes({
  @JsonSubTypes.Type(value = TeNasSpecification.class, name = TeNasSpecification.METHOD),
  @JsonSubTypes.Type(
      value = GnnEvolutionSpecification.class,
      name = GnnEvolutionSpecification.METHOD),
  @JsonSubTypes.Type(value = TrainSpecification.class, name = TrainSpecification.METHOD)
})
public sealed interface Specification
    permits TeNasSpecification, GnnEvolutionSpecification, TrainSpecification {
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

  /** The methods that can be named in a specification. */
  static List<String> methods() {
    return List.of(
        TeNasSpecification.METHOD, GnnEvolutionSpecification.METHOD, TrainSpecification.METHOD);
  }

  /** The presets of a method, the default first. */
  static List<String> presets(String method) {
    return Presets.names(method);
  }

  /** The JSON schema of what may be written for a method, draft 2020-12. */
  static String schema(String method) {
    return SpecificationSchema.of(method).text();
  }

  /** RFC 8785; reads back as an equal specification. */
  default String canonical() {
    return CanonicalJson.of(this);
  }
}
