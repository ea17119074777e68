package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.cli.output.BackupJson;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.ObjectJson;
import io.coldstream.core.drill.DrillRecord;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code show} in {@code json-output.md}; the files only with {@code --verbose}, the
 * others only with their options.
 */
record ShowResult(
    String repository,
    BackupJson backup,
    @JsonInclude(Include.ALWAYS) Optional<Drill> drill,
    Optional<List<File>> files,
    Optional<List<ChunkMap>> chunkMap,
    Optional<List<DiffResult.EpochJson>> epochs) {

  /** The newest drill of the backup. */
  record Drill(
      Instant time,
      boolean proved,
      long position,
      String server,
      @JsonInclude(Include.ALWAYS) Optional<String> serverVersion,
      @JsonInclude(Include.ALWAYS) Optional<Double> readySeconds) {

    static Drill of(DrillRecord record) {
      return new Drill(
          record.time(),
          record.proved(),
          record.position(),
          record.server(),
          record.serverVersion(),
          record.readyMillis().map(millis -> Formats.seconds(Duration.ofMillis(millis))));
    }
  }

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
