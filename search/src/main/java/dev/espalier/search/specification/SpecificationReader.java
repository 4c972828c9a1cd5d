package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Prerequisites;
import dev.espalier.search.method.Presets;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.specification.SpecificationSchema.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a person wrote, fills in the preset, and explains everything that is wrong at once.
 */
public final class SpecificationReader {
  private static final int MOST_PROBLEMS = 50;

  /** What is made first is made for the same space, in the same place. */
  private static final List<String> INHERITED = List.of("space", "budget.device");

  private SpecificationReader() {}

  /** As {@link #read(String, String, Map)}, for a text without a name. */
  public static Specification read(String yamlOrJson, Map<String, String> sets) {
    return read("", yamlOrJson, sets);
  }

  /**
   * The complete specification.
   *
   * @param name of the text, to begin messages with, such as {@code te-nas.yaml}; may be empty
   * @param yamlOrJson the settings that are given; may be empty
   * @param sets further settings by path, such as {@code search.repeats} → {@code 5}; they win over
   *     the text
   * @throws InvalidInput with all problems, what is allowed, and what was probably meant
   */
  public static Specification read(String name, String yamlOrJson, Map<String, String> sets) {
    return read(name, yamlOrJson, null, sets);
  }

  /**
   * As {@link #read(String, String, Map)}, with a file that stands for a part of the text: problems
   * inside it name the file and the line.
   *
   * @param part null where there is none
   */
  public static Specification read(
      String name, String yamlOrJson, @Nullable PartFile part, Map<String, String> sets) {
    WrittenSource source = new WrittenSource(name, part, sets);
    ObjectNode given = source.read(yamlOrJson);
    ObjectNode whole = resolved(knownMethod(given), given);

    List<String> problems = new ArrayList<>(source.problems());
    Set<String> broken = new HashSet<>();
    Method method = knownMethod(given);
    SpecificationSchema schema = SpecificationSchema.of(method);
    SchemaWords words = new SchemaWords(schema);
    ObjectNode advised = Presets.advised(method, whole.path("space").asText());
    if (part != null && schema.at(part.path()).isMissingNode()) {
      problems.add(
          "%s: the space of %s is fixed, so no file can give one. Leave the file out, or use %s"
              .formatted(part.name(), method.name(), methodsWith(part.path())));
      broken.add(part.path());
    }
    for (Violation violation : schema.violations(whole)) {
      String path = violation.path();
      if (broken.add(path) && broken.size() <= MOST_PROBLEMS) {
        problems.add(
            source.label(path) + words.problem(violation, at(whole, path), at(advised, path)));
      }
    }
    if (broken.size() > MOST_PROBLEMS) {
      problems.add("and %,d more problems".formatted(broken.size() - MOST_PROBLEMS));
    }
    impossible(method, whole, broken, "")
        .forEach(problem -> problems.add(source.label(subject(problem)) + problem));
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return Json.read(whole.toString(), Specification.class);
  }

  /**
   * What is impossible together, in what is made first, too.
   *
   * @param broken paths that are wrong by themselves
   * @param within the path of the specification and a dot; empty for a whole one
   */
  private static List<String> impossible(
      Method method, ObjectNode specification, Set<String> broken, String within) {
    Checks checks = new Checks(specification, broken);
    checks.training();
    ProgramChecks.check(checks);
    method.check(checks);
    List<String> problems = new ArrayList<>();
    checks.problems().forEach(problem -> problems.add(within + problem));
    for (Prerequisites.Inner each : method.prerequisites()) {
      each.in(specification)
          .ifPresent(inner -> {
            String path = each.path() + ".";
            INHERITED.forEach(setting -> {
              if (!at(inner, setting).equals(at(specification, setting))) {
                problems.add(
                    "%s%s%s is %s, but the %s of the experiment is %s: leave it out."
                        .formatted(
                            within,
                            path,
                            setting,
                            SchemaWords.value(at(inner, setting)),
                            setting,
                            SchemaWords.value(at(specification, setting))));
              }
            });
            Set<String> own =
                broken.stream()
                    .filter(one -> one.startsWith(path))
                    .map(one -> one.substring(path.length()))
                    .collect(Collectors.toSet());
            problems.addAll(impossible(Methods.named(each.method()), inner, own, within + path));
          });
    }
    return problems;
  }

  /** The path that a problem begins with. */
  private static String subject(String problem) {
    return problem.split("[: ]", 2)[0];
  }

  /**
   * The name of the data set that is asked for, even where the rest cannot be read; empty where
   * none is named.
   */
  public static Optional<String> dataIn(String yamlOrJson, Map<String, String> sets) {
    return textAt("/data", yamlOrJson, sets);
  }

  /** As {@link #dataIn}, of the table that is asked for. */
  public static Optional<String> tableIn(String yamlOrJson, Map<String, String> sets) {
    return textAt("/evaluation/table", yamlOrJson, sets);
  }

  /**
   * The command of a training program of one's own, and the folder that it lies in where one is
   * named, as they are written; empty where none is asked for.
   */
  public static Optional<OwnProgram> programIn(String yamlOrJson, Map<String, String> sets) {
    try {
      JsonNode evaluation = new WrittenSource("", null, sets).read(yamlOrJson).path("evaluation");
      JsonNode command = evaluation.path("command");
      if (!command.isArray() || !command.valueStream().allMatch(JsonNode::isTextual)) {
        return Optional.empty();
      }
      return Optional.of(
          new OwnProgram(
              command.valueStream().map(JsonNode::asText).toList(),
              evaluation.path("program").asText(),
              List.of(),
              List.of(),
              "",
              "",
              0,
              0));
    } catch (InvalidInput unreadable) {
      return Optional.empty();
    }
  }

  /**
   * The table that a method means where none is named; empty where one is, or none is meant.
   *
   * @param formats by which tables were imported, by name
   */
  public static Optional<String> impliedTable(
      String yamlOrJson, Map<String, String> sets, Map<String, String> formats) {
    try {
      ObjectNode given = new WrittenSource("", null, sets).read(yamlOrJson);
      return given.at("/evaluation/table").isMissingNode()
          ? knownMethod(given).impliedTable(given, formats)
          : Optional.empty();
    } catch (InvalidInput unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<String> textAt(
      String pointer, String yamlOrJson, Map<String, String> sets) {
    try {
      JsonNode text = new WrittenSource("", null, sets).read(yamlOrJson).at(pointer);
      return text.isTextual() && !text.asText().isEmpty()
          ? Optional.of(text.asText())
          : Optional.empty();
    } catch (InvalidInput unreadable) {
      return Optional.empty();
    }
  }

  /** The preset of a method, with some settings changed. */
  public static Specification preset(String method, String preset, Map<String, String> sets) {
    ObjectNode given =
        JsonNodeFactory.instance.objectNode().put("method", method).put("preset", preset);
    return read(given.toString(), sets);
  }

  /** The JSON schema of what may be written for a method, draft 2020-12. */
  public static String schema(Method method) {
    return SpecificationSchema.of(method).text();
  }

  /** The methods whose specification has such a part. */
  private static String methodsWith(String path) {
    return Methods.all().stream()
        .filter(method -> !SpecificationSchema.of(method).at(path).isMissingNode())
        .map(Method::name)
        .collect(Collectors.joining(" or "));
  }

  /** The preset below, then what overlays it, then what was given; what is made first likewise. */
  private static ObjectNode resolved(Method method, ObjectNode given) {
    ObjectNode whole = Presets.of(method, knownPreset(method, given));
    givenSpace(method, given).ifPresent(space -> whole.put("space", space));
    Presets.choose(whole, whole.path("space").asText());
    method
        .overlay(given)
        .ifPresent(name -> {
          ObjectNode overlay = Presets.of(method, name);
          Presets.choose(overlay, whole.path("space").asText());
          Presets.merge(whole, overlay);
        });
    whole.put("preset", method.presets().getFirst());
    Presets.merge(whole, given);
    for (Prerequisites.Inner each : method.prerequisites()) {
      each.group(whole)
          .ifPresent(group -> {
            if (group.path(each.name()).isNull()) {
              group.remove(each.name());
            }
          });
      each.in(whole)
          .ifPresent(
              inner -> each.group(whole).orElseThrow().set(each.name(), first(each, inner, whole)));
    }
    return whole;
  }

  /** What is made first, by its own preset; where and for which space is as outside. */
  private static ObjectNode first(Prerequisites.Inner inner, ObjectNode given, ObjectNode around) {
    ObjectNode own = JsonNodeFactory.instance.objectNode().put("method", inner.method());
    for (String setting : INHERITED) {
      if (at(around, setting).isMissingNode()) {
        continue;
      }
      int dot = setting.lastIndexOf('.');
      ObjectNode group = dot < 0 ? own : own.putObject(setting.substring(0, dot));
      group.set(setting.substring(dot + 1), at(around, setting));
    }
    Presets.merge(own, given);
    return resolved(Methods.named(inner.method()), own);
  }

  /** An unknown method is reported; what else is wrong is found with the first method's preset. */
  private static Method knownMethod(ObjectNode given) {
    return Methods.find(given.path("method").asText()).orElseGet(Methods.all()::getFirst);
  }

  private static String knownPreset(Method method, ObjectNode given) {
    String preset = given.path("preset").asText();
    return method.presets().contains(preset) ? preset : method.presets().getFirst();
  }

  /** The space that is named, else the one that the method infers from the rest. */
  private static Optional<String> givenSpace(Method method, ObjectNode given) {
    return given.path("space").isTextual()
        ? Optional.of(given.path("space").asText())
        : method.impliedSpace(given);
  }

  private static JsonNode at(JsonNode tree, String path) {
    return tree.at("/" + path.replace('.', '/'));
  }
}
