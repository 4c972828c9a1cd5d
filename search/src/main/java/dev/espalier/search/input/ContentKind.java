package dev.espalier.search.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/** What bytes are, told by how they begin and never by a file's name. */
public enum ContentKind {
  EMPTY("empty"),
  TEXT("text"),
  GZIP("compressed with gzip"),
  BZIP2("compressed with bzip2"),
  XZ("compressed with xz"),
  ZSTANDARD("compressed with zstd"),
  ZIP("a zip archive"),
  TAR("a tar archive"),
  RAR("a RAR archive"),
  SEVEN_ZIP("a 7-Zip archive"),
  EXCEL("an Excel workbook"),
  PYTORCH("a file of PyTorch"),
  NUMPY("a NumPy array"),
  NUMPY_ARCHIVE("an archive of NumPy arrays"),
  PICKLE("a Python pickle"),
  IDX("an IDX file"),
  MATLAB("a MATLAB 5 file"),
  HDF5("an HDF5 file (MATLAB 7.3 and Keras write them)"),
  PARQUET("a Parquet table"),
  ARROW("an Arrow file"),
  TFRECORD("a file of TensorFlow's records"),
  SQLITE("an SQLite database"),
  PDF("a PDF document"),
  WEB_PAGE("a web page (often what a server answers instead of a file)"),
  GIT_LFS("a pointer of Git LFS, not the file itself: run git lfs pull"),
  SVG("an SVG drawing"),
  PNG("PNG"),
  JPEG("JPEG"),
  GIF("GIF"),
  BMP("BMP"),
  TIFF("TIFF"),
  WEBP("WebP"),
  NETPBM("a Netpbm picture"),
  HEIC("HEIC or AVIF"),
  JPEG_2000("JPEG 2000"),
  JPEG_XL("JPEG XL"),
  PHOTOSHOP("a Photoshop file"),
  ICON("an icon"),
  BINARY("binary data");

  /** As many bytes tell a kind, if there are so many. */
  public static final int FIRST_BYTES = 512;

  private final String words;

  ContentKind(String words) {
    this.words = words;
  }

  /** For people, to stand after "is". */
  public String words() {
    return words;
  }

  /** Whether it is a picture, readable here or not. */
  public boolean isPicture() {
    return switch (this) {
      case PNG,
          JPEG,
          GIF,
          BMP,
          TIFF,
          WEBP,
          NETPBM,
          HEIC,
          JPEG_2000,
          JPEG_XL,
          PHOTOSHOP,
          ICON,
          SVG ->
          true;
      default -> false;
    };
  }

  /** Whether pictures of this kind can be decoded here. */
  public boolean isReadablePicture() {
    return switch (this) {
      case PNG, JPEG, GIF, BMP, TIFF, WEBP, NETPBM -> true;
      default -> false;
    };
  }

  /**
   * What bytes that begin like this are.
   *
   * @param first as many as there are, up to {@link #FIRST_BYTES}
   */
  public static ContentKind of(byte[] first) {
    if (first.length == 0) {
      return EMPTY;
    }
    ContentKind binary = ofSignature(first);
    if (binary != BINARY) {
      return binary;
    }
    if (TextContent.looksLikeText(first)) {
      return ofText(TextContent.decode(first));
    }
    return BINARY;
  }

  private static ContentKind ofSignature(byte[] first) {
    if (begins(first, 0, 0x1f, 0x8b)) {
      return GZIP;
    }
    if (begins(first, 0, 'B', 'Z', 'h') && first.length > 3 && first[3] >= '1' && first[3] <= '9') {
      return BZIP2;
    }
    if (begins(first, 0, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return XZ;
    }
    if (begins(first, 0, 0x28, 0xb5, 0x2f, 0xfd)) {
      return ZSTANDARD;
    }
    if (begins(first, 0, 'P', 'K', 3, 4) || begins(first, 0, 'P', 'K', 5, 6)) {
      return ofZip(first);
    }
    if (begins(first, 257, 'u', 's', 't', 'a', 'r')) {
      return TAR;
    }
    if (begins(first, 0, 0xd0, 0xcf, 0x11, 0xe0)) {
      return EXCEL;
    }
    if (begins(first, 0, 'R', 'a', 'r', '!')) {
      return RAR;
    }
    if (begins(first, 0, '7', 'z', 0xbc, 0xaf)) {
      return SEVEN_ZIP;
    }
    return ofData(first);
  }

  private static ContentKind ofData(byte[] first) {
    if (begins(first, 0, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
      return NUMPY;
    }
    if (begins(first, 0, 0x80, 2, 0x8a, 0x0a)) {
      return PYTORCH;
    }
    if (first.length > 2 && begins(first, 0, 0x80) && first[1] >= 2 && first[1] <= 5) {
      return PICKLE;
    }
    if (first.length > 3 && begins(first, 0, 0, 0, 8) && first[3] >= 1 && first[3] <= 4) {
      return IDX;
    }
    if (begins(first, 0, 'M', 'A', 'T', 'L', 'A', 'B', ' ', '5')) {
      return MATLAB;
    }
    if (begins(first, 0, 0x89, 'H', 'D', 'F') || begins(first, 0, 'M', 'A', 'T', 'L', 'A', 'B')) {
      return HDF5;
    }
    if (begins(first, 0, 'P', 'A', 'R', '1')) {
      return PARQUET;
    }
    if (begins(first, 0, 'A', 'R', 'R', 'O', 'W', '1')) {
      return ARROW;
    }
    if (isLengthWithItsCrc(first)) {
      return TFRECORD;
    }
    if (begins(first, 0, 'S', 'Q', 'L', 'i', 't', 'e')) {
      return SQLITE;
    }
    if (begins(first, 0, '%', 'P', 'D', 'F')) {
      return PDF;
    }
    return ofPicture(first);
  }

  private static ContentKind ofPicture(byte[] first) {
    if (begins(first, 0, 0x89, 'P', 'N', 'G')) {
      return PNG;
    }
    if (begins(first, 0, 0xff, 0xd8, 0xff)) {
      return JPEG;
    }
    if (begins(first, 0, 'G', 'I', 'F', '8')) {
      return GIF;
    }
    if (begins(first, 0, 'B', 'M') && begins(first, 6, 0, 0, 0, 0)) {
      return BMP;
    }
    if (begins(first, 0, 'I', 'I', 42, 0) || begins(first, 0, 'M', 'M', 0, 42)) {
      return TIFF;
    }
    if (begins(first, 0, 'R', 'I', 'F', 'F') && begins(first, 8, 'W', 'E', 'B', 'P')) {
      return WEBP;
    }
    if (begins(first, 4, 'f', 't', 'y', 'p')) {
      String brand = new String(first, 8, Math.min(4, first.length - 8), StandardCharsets.US_ASCII);
      return brand.matches("hei.|hev.|mif1|msf1|avif|avis") ? HEIC : BINARY;
    }
    if (begins(first, 0, 0, 0, 0, 12, 'j', 'P') || begins(first, 0, 0xff, 0x4f, 0xff, 0x51)) {
      return JPEG_2000;
    }
    if (begins(first, 0, 0xff, 0x0a) || begins(first, 0, 0, 0, 0, 12, 'J', 'X', 'L')) {
      return JPEG_XL;
    }
    if (begins(first, 0, '8', 'B', 'P', 'S')) {
      return PHOTOSHOP;
    }
    if (begins(first, 0, 0, 0, 1, 0)) {
      return ICON;
    }
    boolean netpbm =
        first.length > 2
            && first[0] == 'P'
            && first[1] >= '1'
            && first[1] <= '6'
            && Character.isWhitespace(first[2]);
    return netpbm ? NETPBM : BINARY;
  }

  /** As each of TensorFlow's records begins. */
  private static boolean isLengthWithItsCrc(byte[] first) {
    if (first.length < Long.BYTES + Integer.BYTES) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(first, 0, Long.BYTES);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8
        == ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getInt(Long.BYTES);
  }

  /** The name of the first file in it tells. */
  private static ContentKind ofZip(byte[] first) {
    if (first.length < 30) {
      return ZIP;
    }
    int length = (first[26] & 0xff) | (first[27] & 0xff) << 8;
    String name =
        new String(first, 30, Math.min(length, first.length - 30), StandardCharsets.UTF_8);
    if (name.equals("[Content_Types].xml") || name.startsWith("xl/") || name.equals("mimetype")) {
      return EXCEL;
    }
    if (name.endsWith("/data.pkl") || name.endsWith("/.format_version")) {
      return PYTORCH;
    }
    return name.endsWith(".npy") ? NUMPY_ARCHIVE : ZIP;
  }

  private static ContentKind ofText(String text) {
    String start = text.stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return WEB_PAGE;
    }
    if (start.startsWith("version https://git-lfs")) {
      return GIT_LFS;
    }
    return start.startsWith("<svg") || (start.startsWith("<?xml") && start.contains("<svg"))
        ? SVG
        : TEXT;
  }

  private static boolean begins(byte[] bytes, int from, int... wanted) {
    if (bytes.length < from + wanted.length) {
      return false;
    }
    byte[] expected = new byte[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      expected[i] = (byte) wanted[i];
    }
    return Arrays.equals(bytes, from, from + wanted.length, expected, 0, wanted.length);
  }
}
