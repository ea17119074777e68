package io.coldstream.core.restore.target;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folders that a restore writes to. Each folder has a staging folder of its own, so that
 * moving into place is a rename on whatever file system the folder is; staging folders are folders
 * because servers delete {@code *.tmp} in the database's and strangers in the index's ({@code
 * database-files.md#s1-1}, {@code database-files.md#s1-2}).
 *
 * @param database the database's directory, without links
 * @param index the index's directory, without links
 */
public record Target(Path database, Path index) {

  public static final String STAGING = "coldstream-restore";

  /** The name of the folder where files are put that were in the way. */
  public static final String SET_ASIDE = "coldstream-set-aside";

  /**
   * Follows the links in the paths that the user named.
   *
   * @param disk where the target is
   * @param to the database's directory
   * @param index the index's directory, where it is not {@code index} in the database's
   * @return the target
   * @throws IOException when the disk fails
   * @throws RunException {@link Kind#USAGE} when the index directory is the database's or around it
   */
  public static Target of(Disk disk, Path to, Optional<Path> index)
      throws IOException, RunException {
    Path database = disk.real(to);
    Path indexFolder = index.isPresent() ? disk.real(index.get()) : database.resolve("index");
    if (indexFolder.equals(database) || database.startsWith(indexFolder)) {
      throw new RunException(
          Kind.USAGE,
          "the index directory " + indexFolder + " must not be the database directory or contain"
              + " it");
    }
    return new Target(database, indexFolder);
  }

  Path folder(Place place) {
    return switch (place) {
      case DATABASE -> database;
      case INDEX -> index;
    };
  }

  /** {@return the folders of a target} */
  public List<Place> places() {
    return List.of(Place.values());
  }

  /**
   * Where a file is in the end.
   *
   * @param file which file
   * @return its path
   */
  public Path inPlace(PlannedFile file) {
    return folder(file.place()).resolve(file.name());
  }

  /**
   * Where a file is until everything is fetched.
   *
   * @param file which file
   * @return its path
   */
  public Path staged(PlannedFile file) {
    return staging(file.place()).resolve(file.name());
  }

  /**
   * The staging folder of a folder.
   *
   * @param place which folder
   * @return its path
   */
  public Path staging(Place place) {
    return folder(place).resolve(STAGING);
  }

  Path setAside(Place place) {
    return folder(place).resolve(SET_ASIDE);
  }

  Path attempt() {
    return staging(Place.DATABASE).resolve(Attempt.FILE_NAME);
  }

  /** {@return the file that a running restore locks} */
  public Path lock() {
    return staging(Place.DATABASE).resolve("lock");
  }

  Path checkpoint(CheckpointName name) {
    return database.resolve(name.fileName());
  }

  Path restoredMark() {
    return database.resolve(RestoredMark.FILE_NAME);
  }

  /** The name in the database's folder under which, at whatever depth, the index's folder lies. */
  Optional<String> indexName() {
    return index.startsWith(database)
        ? Optional.of(database.relativize(index).getName(0).toString())
        : Optional.empty();
  }
}
