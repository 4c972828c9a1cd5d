package dev.espalier.activities.data;

import dev.espalier.activities.data.Source.DebianPackage;
import dev.espalier.activities.data.Source.WebArchive;
import dev.espalier.activities.data.Source.WebFiles;
import dev.espalier.learning.data.CifarBinary;
import dev.espalier.learning.data.Idx;
import dev.espalier.learning.data.ImageDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A published data set that can be fetched by its name.
 *
 * @param title for people
 * @param sources in the order in which they are tried
 * @param format as in an import
 * @param digest what it must be, from whichever source, where that is known
 */
public record KnownDataset(
    String name,
    String title,
    List<Source> sources,
    String format,
    Reader reader,
    Optional<String> digest) {
  private static final List<String> FASHION_CLASSES =
      List.of(
          "t-shirt",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle-boot");

  public KnownDataset {
    sources = List.copyOf(sources);
  }

  /** Reads the fetched files. */
  @FunctionalInterface
  public interface Reader {
    ImageDataset read(String name, Path folder) throws IOException;
  }

  /** All that can be fetched. Digests as published with the data. */
  public static List<KnownDataset> all() {
    return List.of(fashionMnist(), cifar10(), cifar100(), mnist());
  }

  private static KnownDataset fashionMnist() {
    return new KnownDataset(
        "fashion-mnist",
        "Fashion-MNIST: 70,000 grey pictures of clothes, 28 x 28, 10 classes (Xiao, Rasul and Vollgraf 2017)",
        List.of(
            new DebianPackage("dataset-fashion-mnist", "-ubyte.gz"),
            new WebFiles(
                idxFiles(
                    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                    "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
                    "25c81989df183df01b3e8a0aad5dffbe",
                    "bef4ecab320f06d8554ea6380940ec79",
                    "bb300cfdad3c16e7a12a480ee83cd310"))),
        "idx",
        (name, folder) -> Idx.read(name, folder, FASHION_CLASSES, 0),
        Optional.of("384ae8a669a6e1c8c87c8b4d32f25e51f69d4db4e7b98e95421990706c4aa97f"));
  }

  private static KnownDataset mnist() {
    String[] digests = {
      "f68b3c2dcbeaaa9fbdd348bbdeb94873",
      "d53e105ee54ea40749a09fcbcd1e9432",
      "9fb629c4189551a2d022fa330f9573f3",
      "ec29112dd5afa0611ce80d1b7f02629c"
    };
    return new KnownDataset(
        "mnist",
        "MNIST: 70,000 handwritten digits, 28 x 28 (LeCun, Cortes and Burges)",
        List.of(
            new WebFiles(idxFiles("https://storage.googleapis.com/cvdf-datasets/mnist/", digests)),
            new WebFiles(idxFiles("https://ossci-datasets.s3.amazonaws.com/mnist/", digests))),
        "idx",
        (name, folder) -> Idx.read(name, folder, 0),
        Optional.empty());
  }

  private static List<RemoteFile> idxFiles(String base, String... md5) {
    return List.of(
        RemoteFile.of(base + "train-images-idx3-ubyte.gz", FileDigest.md5(md5[0])),
        RemoteFile.of(base + "train-labels-idx1-ubyte.gz", FileDigest.md5(md5[1])),
        RemoteFile.of(base + "t10k-images-idx3-ubyte.gz", FileDigest.md5(md5[2])),
        RemoteFile.of(base + "t10k-labels-idx1-ubyte.gz", FileDigest.md5(md5[3])));
  }

  private static KnownDataset cifar10() {
    return new KnownDataset(
        "cifar10",
        "CIFAR-10: 60,000 colour pictures, 32 x 32, 10 classes (Krizhevsky 2009)",
        List.of(
            new WebArchive(
                RemoteFile.of(
                    "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                    FileDigest.md5("c32a1d4ab5d03f1284b67883e8d87530")),
                ".bin")),
        "cifar10",
        (name, folder) -> CifarBinary.of(CifarBinary.Variant.CIFAR10).read(name, folder, 0),
        Optional.empty());
  }

  private static KnownDataset cifar100() {
    return new KnownDataset(
        "cifar100",
        "CIFAR-100: 60,000 colour pictures, 32 x 32, 100 classes (Krizhevsky 2009)",
        List.of(
            new WebArchive(
                RemoteFile.of(
                    "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
                    FileDigest.md5("03b5dce01913d631647c71ecec9e9cb8")),
                ".bin")),
        "cifar100",
        (name, folder) -> CifarBinary.of(CifarBinary.Variant.CIFAR100).read(name, folder, 0),
        Optional.empty());
  }
}
