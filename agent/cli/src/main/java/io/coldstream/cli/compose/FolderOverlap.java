package io.coldstream.cli.compose;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Refuses folders that contain each other. Links are followed, and a folder need not exist yet. */
final class FolderOverlap {

  private final Optional<Folder> repository;

  /** A folder with what users call it. */
  private record Folder(String name, Path path) {
    @Override
    public String toString() {
      return name + " " + path;
    }
  }

  private FolderOverlap(Optional<Folder> repository) {
    this.repository = repository;
  }

  /** The check beside a repository, which may be in a folder of this machine. */
  static FolderOverlap with(StoreUrl url) throws RunException {
    try {
      return new FolderOverlap(url.folder().map(path -> new Folder("the repository", path)));
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  /**
   * Refuses a backup that would write into the database, or store the repository in itself.
   *
   * @param folders the database
   * @param state where the state is kept
   * @throws RunException {@link Kind#USAGE} when folders overlap
   */
  void refuse(DatabaseFolders folders, Path state) throws RunException {
    Folder database = new Folder("--db", folders.database());
    Folder index = new Folder("--index", folders.index());
    Folder kept = new Folder("--state", state);
    if (repository.isPresent()) {
      refuseEither(repository.get(), database);
      refuseEither(repository.get(), index);
      // The other way round is what a service has whose only writable folder is that of the state.
      refuseInside(kept, repository.get());
    }
    refuseInside(kept, database);
    refuseInside(kept, index);
  }

  /**
   * Refuses a restore into the repository, or around it.
   *
   * @param target where the database goes
   * @param index where the index goes, if elsewhere
   * @throws RunException {@link Kind#USAGE} when folders overlap
   */
  void refuse(Path target, Optional<Path> index) throws RunException {
    if (repository.isPresent()) {
      refuseEither(repository.get(), new Folder("--to", target));
      if (index.isPresent()) {
        refuseEither(repository.get(), new Folder("--index", index.get()));
      }
    }
  }

  /**
   * Refuses a drill in the repository, or around it.
   *
   * @param scratch where the drill makes its folder
   * @throws RunException {@link Kind#USAGE} when folders overlap
   */
  void refuseScratch(Path scratch) throws RunException {
    if (repository.isPresent()) {
      refuseEither(repository.get(), new Folder("--scratch", scratch));
    }
  }

  /**
   * Refuses a repository in a directory that holds a database, whichever that is.
   *
   * @throws RunException {@link Kind#USAGE} when there is a writer.chk beside or above it
   */
  void refuseAnyDatabase() throws RunException {
    if (repository.isEmpty()) {
      return;
    }
    for (Path at = repository.get().path(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(CheckpointName.WRITER.fileName()))) {
        throw new RunException(
            Kind.USAGE,
            repository.get() + " is in a database's directory: " + at + " holds "
                + CheckpointName.WRITER.fileName() + "; choose a folder outside of it");
      }
    }
  }

  private static void refuseEither(Folder one, Folder other) throws RunException {
    refuseInside(one, other);
    refuseInside(other, one);
  }

  private static void refuseInside(Folder inner, Folder outer) throws RunException {
    try {
      Path real = real(outer.path());
      for (Path at = real(inner.path()); at != null; at = at.getParent()) {
        if (isSame(at, real)) {
          throw new RunException(
              Kind.USAGE,
              inner + (isSame(real(inner.path()), real) ? " is the same folder as " : " is inside ")
                  + outer + "; choose a folder outside of it");
        }
      }
    } catch (IOException e) {
      throw new RunException(
          Kind.USAGE, "cannot tell whether " + inner + " is inside " + outer + ": " + e, e);
    }
  }

  /** The path without links, as far as it exists. */
  private static Path real(Path path) throws IOException {
    if (Files.exists(path) || path.getParent() == null) {
      return path.toRealPath();
    }
    return real(path.getParent()).resolve(path.getFileName()).normalize();
  }

  /** By identity where both exist, so that a folder that is mounted twice is known again. */
  private static boolean isSame(Path one, Path other) throws IOException {
    if (Files.exists(one) && Files.exists(other)) {
      return Files.isSameFile(one, other);
    }
    return !Files.exists(one)
        && !Files.exists(other)
        && Objects.equals(one.getFileName(), other.getFileName())
        && isSame(one.getParent(), other.getParent());
  }
}
