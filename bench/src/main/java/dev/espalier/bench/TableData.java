package dev.espalier.bench;

import dev.espalier.learning.data.CifarBinary;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.NetworkImages;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.table.AccuracyTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The data sets that the cells of NAS-Bench-201 were trained on, with what images there are. */
enum TableData {
  CIFAR10("cifar10", "cifar10_test_200ep"),
  CIFAR100("cifar100", "cifar100_test_200ep"),
  /**
   * Has no images of its own here: CIFAR-10's, averaged to 16x16, with 120 outputs of which ten
   * have images. No indicator of TE-NAS looks at labels.
   */
  IMAGENET16_120("imagenet16-120", "imagenet16_120_test_200ep");

  private static final int SIZE = 16;
  private static final int OUTPUTS = 120;

  private final String label;
  private final String column;

  TableData(String label, String column) {
    this.label = label;
    this.column = column;
  }

  String label() {
    return label;
  }

  /** Test accuracy of a cell after 200 epochs, as a ratio. */
  double accuracy(AccuracyTable table, Cell cell) {
    return table.accuracy(cell, column).orElseThrow();
  }

  /**
   * Its images.
   *
   * @param arguments {@code cifar10=PATH} or {@code cifar100=PATH} in the binary layout of those
   *     data sets, with {@code cifar100labels=1} where records have no coarse label
   */
  ImageDataset images(Arguments arguments) throws IOException {
    return switch (this) {
      case CIFAR10 ->
          CifarBinary.of(CifarBinary.Variant.CIFAR10).read(label, arguments.path("cifar10"), 0);
      case CIFAR100 ->
          CifarBinary.of(CifarBinary.Variant.CIFAR100, arguments.number("cifar100labels", 2))
              .read(label, arguments.path("cifar100"), 0);
      case IMAGENET16_120 -> inPlace(CIFAR10.images(arguments));
    };
  }

  /** What stands in for ImageNet16-120. */
  static ImageDataset inPlace(ImageDataset other) {
    NetworkImages small = NetworkImages.of(other, SIZE, other.shape().channels());
    List<String> names = IntStream.range(0, OUTPUTS).mapToObj(i -> "class " + i).toList();
    return new ImageDataset(IMAGENET16_120.label, names, small.train(), small.test());
  }

  static TableData parse(String label) {
    return Arrays.stream(values())
        .filter(each -> each.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "there is no data set \"%s\": allowed are %s"
                    .formatted(
                        label,
                        String.join(
                            ", ", Arrays.stream(values()).map(TableData::label).toList()))));
  }

  /** The accuracies, plain or compressed with gzip. */
  static AccuracyTable table(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return AccuracyTable.readCsv(NasBench201.SPACE, "nas-bench-201", in);
    }
  }
}
