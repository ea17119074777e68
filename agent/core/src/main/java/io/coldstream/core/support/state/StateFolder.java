package io.coldstream.core.support.state;

import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of {@code --state}: one small file for each repository that this machine knows. Safe to
 * lose; a file that cannot be read counts as missing.
 */
public final class StateFolder implements Hints {

  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

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
      if (number.matches("\\d{1,12}")) {
        return Long.parseLong(number);
      }
      LOG.warn("{} holds no hint for this repository, this run lists more", file(repositoryId));
      return 0;
    } catch (IOException e) {
      if (!(e instanceof DiskException failure && failure.kind() == DiskException.Kind.MISSING)) {
        LOG.warn("the hint is not used, this run lists more: {}", e.getMessage());
      }
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
