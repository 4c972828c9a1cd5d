package dev.espalier.search.space.darts;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The size of the network around the cells: stem, cells one after the other, global average, linear
 * layer. The cells after one and two thirds are reduction cells, which double the channels.
 *
 * @param channels of every node of the first cell (C)
 * @param cells of the whole network
 * @param imageSize height and width in pixels
 */
public record DartsShape(
    Stem stem, int channels, int cells, int classes, int imageSize, int imageChannels) {
  /** The published network for CIFAR-10. */
  public static final DartsShape CIFAR = new DartsShape(Stem.CIFAR, 36, 20, 10, 32, 3);

  /** The published network for ImageNet. */
  public static final DartsShape IMAGENET = new DartsShape(Stem.IMAGENET, 48, 14, 1000, 224, 3);

  /** What the first cell reads. */
  public enum Stem {
    /** One convolution of three times as many channels, which both inputs read. */
    CIFAR,
    /** Three convolutions of stride 2; the first input is what there is after two of them. */
    IMAGENET
  }

  /**
   * A cell's place.
   *
   * @param olderChannels of its first input, the output of the cell before the last
   * @param newerChannels of its second input, the output of the last cell
   * @param channels of each of its nodes
   * @param older whether the first input is twice as high and wide as the second
   */
  public record Place(
      CellType type, int olderChannels, int newerChannels, int channels, boolean older) {
    /** Channels of its output. */
    public int output() {
      return DartsEdge.NODES * channels;
    }
  }

  public DartsShape {
    positive("channels", channels);
    positive("cells", cells);
    positive("classes", classes);
    positive("imageSize", imageSize);
    positive("imageChannels", imageChannels);
    if (stem == Stem.IMAGENET && channels % 2 != 0) {
      throw new InvalidInput("channels must be even after ImageNet's stem, but was " + channels);
    }
  }

  /** This network for data of so many classes. */
  public DartsShape withClasses(int others) {
    return new DartsShape(stem, channels, cells, others, imageSize, imageChannels);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new InvalidInput("%s must be at least 1, but was %d".formatted(name, value));
    }
  }

  /** The channels that the stem hands to the first cell. */
  public int stemChannels() {
    return stem == Stem.CIFAR ? 3 * channels : channels;
  }

  /** The place of the cell that an auxiliary head stands behind: the second reduction cell. */
  public static int auxiliaryCell(int cells) {
    return 2 * cells / 3;
  }

  /** Height and width of the images behind the stem and all reduction cells. */
  public int lastSize() {
    int size = imageSize;
    int halvings = stem == Stem.CIFAR ? 0 : 3;
    for (Place place : places()) {
      halvings += place.type() == CellType.REDUCTION ? 1 : 0;
    }
    for (int i = 0; i < halvings; i++) {
      size = (size + 1) / 2;
    }
    return size;
  }

  /** The cells in order. */
  public List<Place> places() {
    List<CellType> types =
        IntStream.range(0, cells)
            .mapToObj(cell ->
                cell == cells / 3 || cell == auxiliaryCell(cells)
                    ? CellType.REDUCTION
                    : CellType.NORMAL)
            .toList();
    return places(types, channels, stemChannels(), stem == Stem.IMAGENET);
  }

  /**
   * Cells of these types behind a stem.
   *
   * @param reduced whether the stem's own last step has halved height and width
   */
  public static List<Place> places(
      List<CellType> types, int channels, int stemChannels, boolean reduced) {
    List<Place> places = new ArrayList<>();
    int older = stemChannels;
    int newer = stemChannels;
    int width = channels;
    boolean halved = reduced;
    for (CellType type : types) {
      width = type == CellType.REDUCTION ? 2 * width : width;
      Place place = new Place(type, older, newer, width, halved);
      places.add(place);
      older = newer;
      newer = place.output();
      halved = type == CellType.REDUCTION;
    }
    return List.copyOf(places);
  }
}
