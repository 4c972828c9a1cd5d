package dev.espalier.cli.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where a home lies: what tells a home from a copy of it.
 *
 * @param path of its folder, behind all links
 * @param folder the folder itself (device and inode): stays when it is moved, and no copy has it
 */
public record HomePlace(String path, String folder) {

  /** Where the home lies now. */
  public static HomePlace of(Home home) throws IOException {
    Path real = home.root().toRealPath();
    Object key = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
    return new HomePlace(real.toString(), key == null ? "" : key.toString());
  }

  /** Whether the home still lies here, the very folder: neither moved nor replaced by another. */
  public boolean isStillThatOf(Home home) {
    try {
      return folder.equals(of(home).folder);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the home lies here, or was moved from here, or is mounted a second time. */
  boolean isThatOf(Home home) {
    try {
      HomePlace now = of(home);
      return path.equals(now.path) || (!folder.isEmpty() && folder.equals(now.folder));
    } catch (IOException e) {
      return false;
    }
  }
}
