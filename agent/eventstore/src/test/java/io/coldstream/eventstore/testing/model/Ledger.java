package io.coldstream.eventstore.testing.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Everything that was ever appended: what an oracle compares a captured log with. A truncation
 * opens a new branch; what it discarded stays readable in the branch before. Not safe for several
 * threads.
 */
public final class Ledger {

  /** What a record is. */
  public enum Kind {
    /** An event that is committed by itself. */
    EVENT,
    /** A prepare of an explicit transaction. */
    TRANSACTION_PART,
    /** The record that closes an explicit transaction. */
    COMMIT,
    /** An epoch's System record. */
    EPOCH
  }

  /**
   * One epoch.
   *
   * @param number its number
   * @param id its id
   * @param position where its record starts
   * @param previousPosition where the record of the epoch before starts, -1 for the first
   */
  public record Epoch(long number, UUID id, long position, long previousPosition) {}

  /**
   * One record.
   *
   * @param position where it starts
   * @param bytes the record with both lengths
   * @param kind what it is
   * @param stream the stream's name, empty where there is none
   * @param eventNumber the event's number in the stream
   * @param transaction position of the transaction's first record
   * @param safe whether the log may end after it ({@code database-files.md#s5})
   * @param epoch the epoch that it opens
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Entry(
      long position,
      byte[] bytes,
      Kind kind,
      String stream,
      long eventNumber,
      long transaction,
      boolean safe,
      Optional<Epoch> epoch) {

    /** The position after the record. */
    public long end() {
      return position + bytes.length;
    }
  }

  /** One history of the log, from position 0. */
  public static final class Branch {
    private final int chunkSizeBytes;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final NavigableSet<Long> writerValues = new TreeSet<>();

    private Branch(int chunkSizeBytes) {
      this.chunkSizeBytes = chunkSizeBytes;
    }

    /** All records, by position. */
    public NavigableMap<Long, Entry> entries() {
      return Collections.unmodifiableNavigableMap(entries);
    }

    /** Records that start in {@code [from, to)}. */
    public List<Entry> between(long from, long to) {
      return from >= to ? List.of() : List.copyOf(entries.subMap(from, to).values());
    }

    /** Every value that writer.chk had on disk. */
    public NavigableSet<Long> writerValues() {
      return Collections.unmodifiableNavigableSet(writerValues);
    }

    /** The last record that starts below a position. */
    public Optional<Entry> lastBelow(long position) {
      return Optional.ofNullable(entries.lowerEntry(position)).map(NavigableMap.Entry::getValue);
    }

    /** The epochs, by position. */
    public List<Epoch> epochs() {
      return entries.values().stream().flatMap(entry -> entry.epoch().stream()).toList();
    }

    /** The last epoch whose whole record lies below a position. */
    public Optional<Epoch> epochBelow(long position) {
      return entries.headMap(position, false).descendingMap().values().stream()
          .filter(entry -> entry.epoch().isPresent() && entry.end() <= position)
          .findFirst()
          .flatMap(Entry::epoch);
    }

    /**
     * Whether the log may end there: the end of a record that is safe, or the start of a chunk
     * after such a one ({@code database-files.md#s5-safe-cuts}; a scavenged chunk before it, which
     * is safe too, is not known
     * here).
     */
    public boolean isSafeCut(long position) {
      Optional<Entry> last = lastBelow(position);
      if (last.isEmpty() || !last.get().safe()) {
        return false;
      }
      return last.get().end() == position || startsChunkAfter(last.get(), position);
    }

    /** All ends of records at which the log may end, up to {@code writer}. */
    public List<Long> safeCuts(long writer) {
      return entries.values().stream()
          .filter(entry -> entry.safe() && entry.end() <= writer)
          .map(Entry::end)
          .toList();
    }

    private boolean startsChunkAfter(Entry last, long position) {
      return position % chunkSizeBytes == 0
          && last.position() / chunkSizeBytes == position / chunkSizeBytes - 1;
    }
  }

  private final int chunkSizeBytes;
  private final List<Branch> branches = new ArrayList<>();

  Ledger(int chunkSizeBytes) {
    this.chunkSizeBytes = chunkSizeBytes;
    branches.add(new Branch(chunkSizeBytes));
  }

  /** The branch that is being written. */
  public Branch current() {
    return branches.get(branches.size() - 1);
  }

  /** All branches, the oldest first. */
  public List<Branch> branches() {
    return List.copyOf(branches);
  }

  void append(Entry entry) {
    if (current().entries.putIfAbsent(entry.position(), entry) != null) {
      throw new IllegalStateException("a record stands at " + entry.position());
    }
  }

  void writerIs(long value) {
    current().writerValues.add(value);
  }

  /** Forgets what a crash lost: nothing of it was ever below writer.chk. */
  void loseFrom(long position) {
    current().entries.tailMap(position, true).clear();
  }

  /** Opens a branch that shares everything below a position. */
  void fork(long position) {
    Branch old = current();
    Branch fresh = new Branch(chunkSizeBytes);
    fresh.entries.putAll(old.entries.headMap(position, false));
    fresh.writerValues.addAll(old.writerValues.headSet(position, true));
    branches.add(fresh);
  }
}
