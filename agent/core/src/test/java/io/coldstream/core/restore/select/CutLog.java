package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.inspect.LedgerEvents;
import io.coldstream.core.inspect.LedgerEvents.Written;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.CachedFiles;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredEvents;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.eventstore.log.EventRecord;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.PrepareRecord;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The log of a backup: its records, its events as their writer notes them, and its files' bytes. */
final class CutLog {

  private final BackupFiles files;
  private final Map<String, byte[]> bytes = new HashMap<>();
  private final List<LogRecord> records = new ArrayList<>();
  private final Map<Written, PrepareRecord> events = new LinkedHashMap<>();

  private CutLog(BackupFiles files) {
    this.files = files;
  }

  /** Reads a backup, and the files of the database that it was made of. */
  static CutLog read(Repository repository, long sequence, Path database) throws Exception {
    CutLog log = new CutLog(BackupFiles.read(repository, sequence));
    for (FileEntry file : log.files.chunks()) {
      log.bytes.put(file.name(), Files.readAllBytes(database.resolve(file.name())));
    }
    try (CachedFiles cached = new CachedFiles(new ResentReader(repository, sequence, false))) {
      StoredEvents stored = new StoredEvents(log.files, cached);
      stored.walk(0, log.end(), record -> log.records.add(record));
      for (LogRecord record : log.records) {
        if (record instanceof PrepareRecord event
            && !event.systemStream()
            && !event.stream().holdsMetadata()
            && !event.deletesStream()) {
          log.events.put(written(stored.eventAt(event.position()).orElseThrow()), event);
        }
      }
    }
    return log;
  }

  private static Written written(EventRecord event) {
    return new Written(
        event.prepare().stream().text(),
        event.prepare().number(),
        event.id(),
        LedgerEvents.sha256(event.data()));
  }

  private long end() {
    return files.manifest().log().positions().restorePoint();
  }

  private long start(FileEntry file) {
    return file.chunk().orElseThrow().firstNumber() * files.manifest().log().chunkSizeBytes();
  }

  private FileEntry chunkAt(long position) {
    return files.chunks().stream()
        .filter(file -> start(file) <= position)
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  /** The safe cuts at ends of records in unscavenged chunks. */
  List<Long> safeCuts() {
    return records.stream()
        .filter(record -> record.endsAtSafeCut()
            && !chunkAt(record.position()).chunk().orElseThrow().scavenged())
        .map(LogRecord::endPosition)
        .toList();
  }

  /** The starts of chunk files where the log may end; the first one leaves nothing. */
  List<Long> chunkStarts() {
    return files.chunks().stream()
        .map(this::start)
        .filter(start -> start > 0 && mayEndAt(start))
        .toList();
  }

  private boolean mayEndAt(long start) {
    return chunkAt(start - 1).chunk().orElseThrow().scavenged()
        || records.stream()
            .filter(record -> record.position() < start)
            .reduce((one, next) -> next)
            .filter(LogRecord::endsAtSafeCut)
            .isPresent();
  }

  /** Where a restore at a safe cut ends: behind a chunk's last record begins the next chunk. */
  long cutAt(long cut) {
    boolean within = cut == end() || records.stream().anyMatch(record -> record.position() == cut);
    return within
        ? cut
        : chunkStarts().stream().filter(start -> start >= cut).findFirst().orElseThrow();
  }

  /** The clients' events that lie wholly below a position, in the order of the log. */
  List<Written> eventsBelow(long position) {
    return events.entrySet().stream()
        .filter(event -> event.getValue().endPosition() <= position)
        .map(Map.Entry::getKey)
        .toList();
  }

  boolean holds(Written event) {
    return events.containsKey(event);
  }

  /** Where the write begins that an event is a part of. */
  long writeOf(Written event) {
    return events.get(event).transactionPosition();
  }

  /**
   * Requires that a server reads exactly this log up to a position: the checkpoints end it there, and
   * every byte below is the original's. What follows in the last file is written over.
   */
  void requireRestored(DatabaseSet there, long position) {
    assertThat(there.checkpoint("writer")).hasValue(position);
    assertThat(there.checkpoint("chaser")).hasValue(position);
    assertThat(there.checkpoint("truncate")).hasValue(-1);
    List<FileEntry> below =
        files.chunks().stream().filter(file -> start(file) < position).toList();
    assertThat(there.root().keySet().stream().filter(name -> name.startsWith("chunk-")))
        .containsExactlyElementsOf(below.stream().map(FileEntry::name).toList());
    for (FileEntry file : below) {
      int length = (int) file.lengthBytes();
      assertThat(Arrays.mismatch(
              there.root().get(file.name()), 0, length, bytes.get(file.name()), 0, length))
          .as(file.name())
          .isEqualTo(-1);
    }
  }
}
