package dev.espalier.search.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The groups of a specification that ask for something to be made first. */
public final class Prerequisites {
  private Prerequisites() {}

  /**
   * The specification without them: that of an experiment which finds the same things made. So both
   * come to the same stage keys.
   *
   * @param specification resolved; stays as it is
   */
  public static ObjectNode without(JsonNode specification) {
    ObjectNode rest = specification.deepCopy();
    Methods.find(rest.path("method").asText())
        .ifPresent(method ->
            method
                .prerequisites()
                .forEach(each -> each.group(rest).ifPresent(group -> group.remove(each.name()))));
    return rest;
  }

  /**
   * A group of a method's specification that is a specification itself.
   *
   * @param path such as {@code models.train}
   * @param method whose specification it is
   */
  public record Inner(String path, String method) {
    /** What it is called within the group around it. */
    public String name() {
      return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The names on the way to the group around it, one at least. */
    public List<String> around() {
      return List.of(path.substring(0, path.lastIndexOf('.')).split("\\.", -1));
    }

    /** The group around it in a specification, where it is there. */
    public Optional<ObjectNode> group(JsonNode specification) {
      return specification.at("/" + String.join("/", around())) instanceof ObjectNode group
          ? Optional.of(group)
          : Optional.empty();
    }

    /** What is written in a specification, where anything is. */
    public Optional<ObjectNode> in(JsonNode specification) {
      return group(specification)
          .flatMap(group ->
              group.get(name()) instanceof ObjectNode inner
                  ? Optional.of(inner)
                  : Optional.empty());
    }
  }
}
