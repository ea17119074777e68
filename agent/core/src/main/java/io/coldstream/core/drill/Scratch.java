package io.coldstream.core.drill;

import io.coldstream.core.drill.server.ServerPlaces;
import io.coldstream.core.restore.target.TargetOwner;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskException;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The folder of one drill, which the drill makes under a new name and removes. Beside the database it
 * has what the server needs.
 *
 * @param disk where it is; what is created belongs to the owner of the folder around it
 * @param folder the drill's folder
 * @param id names the drill
 */
record Scratch(Disk disk, Path folder, String id) {

  /** Overrides what an installed server's own file would set: the old cluster, its archive. */
  private static final String CONFIG = """
      # Made for one drill: this node is a cluster of its own.
      ClusterSize: 1
      DiscoverViaDns: false
      """;

  /**
   * Makes the folder.
   *
   * @param disk where it is
   * @param parent the folder around it, made when it is missing
   * @param id names the drill
   * @throws RunException {@link Kind#TARGET_REFUSED} when it cannot be made
   */
  static Scratch create(Disk disk, Path parent, String id) throws RunException {
    try {
      Path folder = disk.real(parent).resolve("drill-" + id);
      Owner owner = TargetOwner.ofDirectory(disk, folder);
      Disk ours = disk.user().isRoot() ? disk.ownedBy(owner) : disk;
      Scratch scratch = new Scratch(ours, folder, id);
      ours.createFolders(scratch.database());
      ours.createFolders(scratch.logs());
      ours.write(scratch.config(), CONFIG.getBytes(StandardCharsets.US_ASCII));
      return scratch;
    } catch (DiskException e) {
      throw refused(parent, e);
    } catch (IOException e) {
      throw new RunException(Kind.TARGET_REFUSED, parent + ": " + e.getMessage(), e);
    }
  }

  private static RunException refused(Path parent, DiskException e) {
    return new RunException(
        Kind.TARGET_REFUSED,
        e.getMessage() + "; the drill cannot make its folder in " + parent
            + ". Choose another one with --scratch",
        e);
  }

  Path database() {
    return folder.resolve("db");
  }

  private Path logs() {
    return folder.resolve("log");
  }

  private Path config() {
    return folder.resolve("server.yaml");
  }

  ServerPlaces places(long chunkSizeBytes) {
    return new ServerPlaces(
        database(), database().resolve("index"), logs(), config(), 0, 0, chunkSizeBytes, id);
  }

  /** Removes the folder with all that is in it; links are not followed. */
  void remove() throws IOException {
    disk.deleteFolder(folder);
  }
}
