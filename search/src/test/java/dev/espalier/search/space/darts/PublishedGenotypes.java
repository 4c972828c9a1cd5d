package dev.espalier.search.space.darts;

import dev.espalier.search.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Genotypes that others have written down. */
public final class PublishedGenotypes {
  /** The second-order result of DARTS (Liu et al., ICLR 2019), as its program lists it. */
  public static final String DARTS_V2 =
      "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1),"
          + " ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)],"
          + " normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1),"
          + " ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2),"
          + " ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])";

  private PublishedGenotypes() {}

  /** The rows of {@code data/darts-cifar10}, spelt as genotypes. */
  static List<String> table() throws IOException {
    return Files.readAllLines(SharedData.file("data/darts-cifar10/darts_1000.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(row ->
            "Genotype(normal=[%s], normal_concat=range(2, 6), reduce=[%s], reduce_concat=range(2, 6))"
                .formatted(genes(row[1]), genes(row[2])))
        .toList();
  }

  private static String genes(String column) {
    return Arrays.stream(column.split(" ", -1))
        .map(gene -> gene.split("~", -1))
        .map(gene -> "('%s', %s)".formatted(gene[0], gene[1]))
        .collect(Collectors.joining(", "));
  }
}
