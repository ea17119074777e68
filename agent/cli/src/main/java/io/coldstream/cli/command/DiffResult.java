package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.RestorePointJson;
import io.coldstream.core.inspect.BackupDifference;
import io.coldstream.core.inspect.BackupDifference.ChunkChange;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.eventstore.log.Epoch;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The result of {@code diff} in {@code json-output.md}. */
record DiffResult(
    String repository,
    Side from,
    Side to,
    @JsonInclude(Include.ALWAYS) Optional<Long> forkPosition,
    List<EpochJson> epochsAdded,
    List<Change> chunks,
    Index index,
    long newBytes) {

  /** One of the backups. */
  record Side(long sequence, RestorePointJson restorePoint, long files, long bytes) {
    static Side of(Manifest manifest) {
      return new Side(
          manifest.sequence(),
          new RestorePointJson(
              manifest.log().positions().restorePoint(), manifest.log().restorePointTime()),
          manifest.totals().files(),
          manifest.totals().bytes());
    }
  }

  /** An epoch. */
  record EpochJson(long number, UUID id, long position) {
    static EpochJson of(Epoch epoch) {
      return new EpochJson(epoch.number(), epoch.id(), epoch.position());
    }
  }

  /** A chunk file that differs. */
  record Change(String change, String file, long bytes, List<String> replaces) {
    static Change of(ChunkChange change) {
      return new Change(
          Formats.name(change.kind()),
          change.file().name(),
          change.file().lengthBytes(),
          change.replaces().stream().map(FileEntry::name).toList());
    }
  }

  /** The tables of the index that differ. */
  record Index(List<String> added, List<String> removed) {}

  static DiffResult of(String repository, BackupDifference difference) {
    return new DiffResult(
        repository,
        Side.of(difference.older().manifest()),
        Side.of(difference.newer().manifest()),
        difference.fork().isPresent()
            ? Optional.of(difference.fork().getAsLong())
            : Optional.empty(),
        difference.epochsAdded().stream().map(EpochJson::of).toList(),
        difference.chunks().stream().map(Change::of).toList(),
        new Index(difference.tablesAdded(), difference.tablesRemoved()),
        difference.newBytes());
  }
}
