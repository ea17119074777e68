package io.coldstream.core.inspect;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.log.CachedFiles;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredEvents;
import io.coldstream.core.repository.log.StoredIndex;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.index.StreamHash;
import io.coldstream.eventstore.index.TableEntry;
import io.coldstream.eventstore.log.EventRecord;
import io.coldstream.eventstore.log.PrepareRecord;
import io.coldstream.eventstore.log.StreamName;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the events of a stream were written: what the index says, and above the position up to which
 * it goes what the log says. An entry of the index may be of another stream, or of a record that is
 * gone: {@link #read} tells. The log above the index is read once for each stream. An index that
 * cannot be used is an {@link IndexFault}. Not thread-safe.
 */
final class StreamEntries implements Closeable {

  private static final int PAGE = 64;

  private final CachedFiles cached;
  private final StoredEvents log;
  private final Optional<StoredIndex> index;
  private final long end;
  private Set<StreamName> tailStreams = Set.of();
  private Optional<LogTail> tail = Optional.empty();

  /** Of the backup's index too, or of its log alone. */
  StreamEntries(BackupFiles files, ResentReader reader, long end, boolean byIndex)
      throws IOException {
    this.cached = new CachedFiles(reader);
    this.log = new StoredEvents(files, cached);
    this.index =
        byIndex ? IndexFault.in(() -> StoredIndex.of(files, reader, cached)) : Optional.empty();
    this.end = Math.min(end, log.end());
  }

  /** Visits the entries with a number; of the index first, and only then of the log above it. */
  void at(StreamName stream, long number, StoredIndex.Visitor visitor) throws IOException {
    if (index.isEmpty() || IndexFault.in(() -> index.get().at(hash(stream), number, visitor))) {
      List<TableEntry> entries = new ArrayList<>(tail(stream));
      entries.removeIf(entry -> entry.number() != number);
      visitAll(entries, visitor);
    }
  }

  /** Visits the entries from a number on, the lowest first. */
  void from(StreamName stream, long number, StoredIndex.Visitor visitor) throws IOException {
    if (index.isEmpty()
        || IndexFault.in(() -> index.get().from(hash(stream), number, PAGE, visitor))) {
      List<TableEntry> entries = new ArrayList<>(tail(stream));
      entries.removeIf(entry -> entry.number() < number);
      visitAll(entries, visitor);
    }
  }

  /** Visits all entries, the highest first. */
  void down(StreamName stream, StoredIndex.Visitor visitor) throws IOException {
    List<TableEntry> above = tail(stream);
    for (int i = above.size() - 1; i >= 0; i--) {
      if (!visitor.visit(above.get(i))) {
        return;
      }
    }
    if (index.isPresent()) {
      IndexFault.in(() -> index.get().downFrom(hash(stream), Long.MAX_VALUE, PAGE, visitor));
    }
  }

  /** Reads the event of an entry; empty when it is of another stream, or gone. */
  Optional<StreamEvent> read(StreamName stream, TableEntry entry) throws IOException {
    Optional<EventRecord> event =
        record(entry).filter(found -> found.prepare().stream().equals(stream));
    if (event.isPresent()) {
      requireNumber(entry, event.get().prepare());
    }
    return event.map(found -> new StreamEvent(entry.number(), found));
  }

  /** A record of a transaction has no number of its own. */
  private static void requireNumber(TableEntry entry, PrepareRecord prepare)
      throws DatabaseException {
    if (prepare.isCommitted() && prepare.number() != entry.number()) {
      throw DatabaseException.damaged(
          "index",
          Invariant.I7,
          "it has event " + entry.number() + " of a stream at position " + entry.position()
              + ", where event " + prepare.number() + " is");
    }
  }

  /** Whether the record of an entry is gone; of which stream it was, nothing tells then. */
  boolean isGone(TableEntry entry) throws IOException {
    return entry.position() < end && record(entry).isEmpty();
  }

  private Optional<EventRecord> record(TableEntry entry) throws IOException {
    return entry.position() < end ? log.eventAt(entry.position()) : Optional.empty();
  }

  private List<TableEntry> tail(StreamName stream) throws IOException {
    if (!tailStreams.contains(stream)) {
      tailStreams = related(stream);
      tail = Optional.of(readTail());
    }
    return tail.orElseThrow().of(stream);
  }

  private LogTail readTail() throws IOException {
    long covered = index.map(StoredIndex::end).orElse(-1L);
    return LogTail.read(log, tailStreams, Math.max(covered, 0), covered, end);
  }

  /** The streams that whoever asks for one of them asks for next. */
  private static Set<StreamName> related(StreamName stream) {
    Set<StreamName> all = new HashSet<>(Set.of(stream, stream.metadata()));
    if (stream.holdsMetadata()) {
      all.add(stream.described());
    }
    return all;
  }

  private static long hash(StreamName stream) {
    return StreamHash.of(stream.text());
  }

  private static void visitAll(List<TableEntry> entries, StoredIndex.Visitor visitor)
      throws IOException {
    for (TableEntry entry : entries) {
      if (!visitor.visit(entry)) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    cached.close();
  }
}
