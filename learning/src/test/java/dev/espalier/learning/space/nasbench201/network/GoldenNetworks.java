package dev.espalier.learning.space.nasbench201.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.learning.data.SharedFiles;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The networks that the published program computed (golden/tenas). */
public final class GoldenNetworks {
  /** C = 4, N = 1, 10 classes, images of 3x16x16. */
  public static final NetworkPlan PLAN = NetworkPlan.whole(4, 1, 10, 3);

  private static final String FOLDER = "golden/tenas/";
  private static final Pattern OPERATOR =
      Pattern.compile("cells\\.(\\d+)\\.edges\\.(\\d)<-(\\d)\\.(\\w+)\\.(.*)");

  private GoldenNetworks() {}

  /**
   * One network.
   *
   * @param golden its entry in the file: logits, kernels, eigenvalues
   */
  public record Golden(String name, OperatorMask mask, ParameterSource weights, JsonNode golden) {
    public double[] numbers(String field) {
      List<Double> numbers = new ArrayList<>();
      flatten(golden.get(field), numbers);
      return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void flatten(JsonNode node, List<Double> into) {
      if (node.isArray()) {
        node.forEach(element -> flatten(element, into));
      } else {
        into.add(node.asDouble());
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The eight cells and four supernets of networks.json. */
  public static List<Golden> all() {
    JsonNode file = json("networks.json");
    List<Golden> networks = new ArrayList<>();
    JsonNode index = file;
    for (JsonNode golden : file.get("cells")) {
      index = golden.hasNonNull("weights") ? golden.get("weights") : index;
      float[] values = floats(golden.get("weights_file").asText());
      networks.add(
          new Golden(
              golden.get("name").asText(), mask(golden), source(named(index, values)), golden));
    }
    return networks;
  }

  /** The ten thin networks of linear_regions.json. */
  public static List<Golden> thin() {
    List<Golden> networks = new ArrayList<>();
    for (JsonNode golden : json("linear_regions.json").get("cells")) {
      Map<String, float[]> weights = new HashMap<>();
      for (JsonNode weight : golden.get("weights")) {
        JsonNode values = weight.get("values");
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = (float) values.get(i).asDouble();
        }
        weights.put(weight.get("name").asText(), numbers);
      }
      networks.add(new Golden(golden.get("name").asText(), mask(golden), source(weights), golden));
    }
    return networks;
  }

  public static float[] floats(String file) {
    byte[] bytes = bytes(file);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  public static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(SharedFiles.of(FOLDER + file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String file) {
    try {
      return new ObjectMapper().readTree(bytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OperatorMask mask(JsonNode golden) {
    if (golden.hasNonNull("arch")) {
      return Cell.parse(golden.get("arch").asText()).mask();
    }
    List<Set<Operator>> active = new ArrayList<>();
    for (JsonNode row : golden.get("active")) {
      Set<Operator> operators = EnumSet.noneOf(Operator.class);
      for (Operator operator : Operator.values()) {
        if (row.get(List.of(Operator.values()).indexOf(operator)).asInt() == 1) {
          operators.add(operator);
        }
      }
      active.add(operators);
    }
    return new OperatorMask(active);
  }

  private static Map<String, float[]> named(JsonNode index, float[] values) {
    Map<String, float[]> weights = new HashMap<>();
    for (JsonNode entry : index) {
      float[] part = new float[entry.get("count").asInt()];
      System.arraycopy(values, entry.get("offset").asInt(), part, 0, part.length);
      weights.put(entry.get("name").asText(), part);
    }
    return weights;
  }

  private static ParameterSource source(Map<String, float[]> weights) {
    return parameter -> {
      float[] values = weights.get(publishedName(parameter.name(), true));
      if (values == null) {
        values = weights.get(publishedName(parameter.name(), false));
      }
      if (values == null) {
        throw new AssertionError("no golden weights for " + parameter.name());
      }
      return values;
    };
  }

  /** Supernets number the operators of an edge; single cells have one layer an edge. */
  private static String publishedName(String name, boolean supernet) {
    Matcher matcher = OPERATOR.matcher(name);
    if (!matcher.matches()) {
      return name;
    }
    Edge edge = new Edge(number(matcher, 2), number(matcher, 3));
    int operator = List.of(Operator.values()).indexOf(Operator.parse(matcher.group(4)));
    return supernet
        ? "cells.%s.edges.%s.%d.%s".formatted(matcher.group(1), edge, operator, matcher.group(5))
        : "cells.%s.layers.%d.%s".formatted(matcher.group(1), edge.index(), matcher.group(5));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
