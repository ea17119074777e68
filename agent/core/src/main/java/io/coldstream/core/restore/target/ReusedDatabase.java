package io.coldstream.core.restore.target;

import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkId;
import io.coldstream.eventstore.index.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A database in the target whose files a restore may use. */
public final class ReusedDatabase {

  private final Disk disk;
  private final Target target;

  /**
   * A database in a target.
   *
   * @param disk where the target is
   * @param target the directories
   */
  public ReusedDatabase(Disk disk, Target target) {
    this.disk = disk;
    this.target = target;
  }

  /** Whether a chunk file is there. */
  boolean isThere() throws IOException {
    if (disk.look(target.database()).isEmpty()) {
      return false;
    }
    return disk.list(target.database()).stream()
        .anyMatch(entry -> entry.isFile() && ChunkFileName.parse(entry.name()).isPresent());
  }

  /**
   * Refuses another database's files. Chunks and index tables carry ids that no other database has;
   * one that is the backup's own is enough.
   *
   * @param plan what is restored
   * @throws IOException when the disk fails
   * @throws RunException {@link Kind#TARGET_REFUSED} when no file is the backup's own
   */
  public void requireSame(RestorePlan plan) throws IOException, RunException {
    for (PlannedFile file : plan.files()) {
      if (isOwn(file)) {
        return;
      }
    }
    throw Preflight.refused(target.database() + " holds chunk files, but none that backup "
        + plan.backup().sequence() + " has: they are another database's, or all were scavenged"
        + " since; nothing was changed. Check --to and --repo, or restore into an empty directory");
  }

  private boolean isOwn(PlannedFile file) throws IOException {
    Path path = target.inPlace(file);
    if (disk.look(path).filter(DiskEntry::isFile).isEmpty()) {
      return false;
    }
    Optional<ChunkEntry> chunk = file.entry().chunk();
    return chunk.isPresent()
        ? header(disk, path)
            .filter(header -> header.id().equals(ChunkId.parse(chunk.get().chunkId())))
            .isPresent()
        : file.place() == Place.INDEX && TableName.parse(file.name()).isPresent();
  }

  /**
   * Reads the header of a chunk file that may be damaged.
   *
   * @param disk where it is
   * @param file the file
   * @return its header; empty when there is none to read
   * @throws IOException when the disk fails
   */
  public static Optional<ChunkHeader> header(Disk disk, Path file) throws IOException {
    try (InputStream in = disk.open(file)) {
      byte[] head = in.readNBytes(ChunkHeader.LENGTH_BYTES);
      return head.length == ChunkHeader.LENGTH_BYTES
          ? Optional.of(ChunkHeader.parse(head, file.getFileName().toString()))
          : Optional.empty();
    } catch (DatabaseException e) {
      return Optional.empty(); // a damaged file is no proof of another database
    }
  }
}
