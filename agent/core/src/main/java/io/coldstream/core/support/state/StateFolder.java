package io.coldstream.core.support.state;

import io.coldstream.core.support.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The folder of {@code --state}: one small file for each repository that this machine knows. Safe to
 * lose; a file that cannot be read counts as missing.
 */
public final class StateFolder implements Hints {

  private static final int MAX_BYTES = 100;

  private final Disk disk;
  private final Path folder;

  /**
   * A folder, which need not exist.
   *
   * @param disk how it is written
   * @param folder absolute
   */
  public StateFolder(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  @Override
  public long newest(String repositoryId) {
    try {
      String text = new String(disk.read(file(repositoryId), MAX_BYTES), StandardCharsets.US_ASCII);
      String number = text.endsWith(end(repositoryId))
          ? text.substring(0, text.length() - end(repositoryId).length())
          : "";
      return number.matches("\\d{1,12}") ? Long.parseLong(number) : 0;
    } catch (IOException e) {
      return 0; // a hint that is not there costs a longer listing
    }
  }

  @Override
  public void remember(String repositoryId, long sequence) throws IOException {
    disk.createFolders(folder);
    disk.write(
        file(repositoryId), (sequence + end(repositoryId)).getBytes(StandardCharsets.US_ASCII));
  }

  /** What stands behind the number: only a line that was written whole, for this id, is believed. */
  private static String end(String repositoryId) {
    return " " + repositoryId + "\n";
  }

  /** The id comes from the store, where its form was checked: 26 letters and digits. */
  private Path file(String repositoryId) {
    return folder.resolve("newest-" + repositoryId);
  }
}
