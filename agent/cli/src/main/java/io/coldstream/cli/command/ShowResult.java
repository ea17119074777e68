package io.coldstream.cli.command;

import io.coldstream.cli.output.BackupJson;
import io.coldstream.cli.output.ObjectJson;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code show} in {@code json-output.md}; the files only with {@code --verbose}, the
 * others only with their options.
 */
record ShowResult(
    String repository,
    BackupJson backup,
    Optional<List<File>> files,
    Optional<List<ChunkMap>> chunkMap,
    Optional<List<DiffResult.EpochJson>> epochs) {

  /** A file, and the objects that hold its bytes. */
  record File(String name, long bytes, Sha256 sha256, List<ObjectJson> objects) {

    static File of(FileEntry entry) {
      return new File(
          entry.name(),
          entry.lengthBytes(),
          entry.sha256(),
          entry.objects().stream()
              .map(o -> new ObjectJson(o.object(), o.lengthBytes()))
              .toList());
    }
  }
}
