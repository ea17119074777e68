package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.index.StreamHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A database that a test writes event by event, with an index as far as the test wants one. Begins
 * with an epoch.
 */
public final class EventDatabase {

  /** The clock of the first record; each record is a second later than the one before. */
  public static final long FIRST_MILLIS = 1_700_000_000_000L;

  private static final int EVENT = RecordImage.DATA | RecordImage.COMMITTED;
  private static final int WHOLE = RecordImage.BEGIN | RecordImage.END;
  private static final int DELETE = 0x08;

  private final int chunkBytes;
  private final List<List<Entry>> chunks = new ArrayList<>(List.of(new ArrayList<>()));
  private final Map<String, Long> next = new HashMap<>();
  private final Map<String, String> filedUnder = new HashMap<>();
  private final Set<Long> dropped = new HashSet<>();
  private final List<IndexImage.Entry> unlisted = new ArrayList<>();
  private final List<byte[]> tables = new ArrayList<>();
  private long covered = -1;
  private long position;
  private int records;

  private record Entry(long position, byte[] bytes) {}

  /** A database with chunks of a size, which a record must fit into. */
  public EventDatabase(int chunkBytes) {
    this.chunkBytes = chunkBytes;
    long ticks = nextTicks();
    byte[] json = RecordImage.epochJson(0, 0, new UUID(7, 1), -1, ticks, new UUID(0, 1));
    append(RecordImage.epoch(0, json, ticks));
  }

  /** Appends an event whose data is JSON when it begins with a brace; returns its position. */
  public long event(String stream, String data) {
    int json = data.startsWith("{") ? RecordImage.JSON : 0;
    return event(stream, "happened", json, data.getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  /** Appends an event with more flags than it must have; returns its position. */
  public long event(String stream, String type, int flags, byte[] data, byte[] metadata) {
    long number = next.merge(stream, 1L, Long::sum) - 1;
    return prepare(stream, EVENT | WHOLE | flags, number, type, data, metadata, position, 0);
  }

  /** Lets a stream go on with a later number, as after a soft deletion or for a test of gaps. */
  public void skipTo(String stream, long number) {
    next.put(stream, number);
  }

  /** Sets a stream's metadata. */
  public long metadata(String stream, String json) {
    return event("$$" + stream, json);
  }

  /** Deletes a stream for good. */
  public long tombstone(String stream) {
    int flags = DELETE | RecordImage.COMMITTED | WHOLE;
    return prepare(
        stream, flags, Long.MAX_VALUE, "$streamDeleted", new byte[0], new byte[0], position, 0);
  }

  /** Writes an explicit transaction without its commit; returns its records' positions. */
  public List<Long> open(String stream, int events) {
    List<Long> positions = new ArrayList<>();
    long begin = position;
    for (int i = 0; i < events; i++) {
      int flags = RecordImage.DATA | (i == 0 ? RecordImage.BEGIN : 0);
      byte[] data = ("part " + i).getBytes(StandardCharsets.UTF_8);
      positions.add(prepare(stream, flags, -1, "happened", data, new byte[0], begin, i));
    }
    return positions;
  }

  /** Commits an explicit transaction. */
  public void commit(String stream, List<Long> transaction) {
    long first = next.getOrDefault(stream, 0L);
    next.put(stream, first + transaction.size());
    for (int i = 0; i < transaction.size(); i++) {
      unlisted.add(new IndexImage.Entry(first + i, hash(stream), transaction.get(i)));
    }
    UUID id = new UUID(3, records);
    append(RecordImage.commit(1, position, transaction.get(0), first, id, nextTicks()));
  }

  /** Completes the chunk. */
  public void nextChunk() {
    chunks.add(new ArrayList<>());
    position = (chunks.size() - 1L) * chunkBytes;
  }

  /** Scavenges a record out of its completed chunk; the index keeps its entry. */
  public void drop(long dropping) {
    dropped.add(dropping);
  }

  /** Lets the index know a stream by the hash of another one, as if their hashes were the same. */
  public void collide(String stream, String other) {
    filedUnder.put(stream, other);
  }

  /** Ends a table of the index: it holds what was written since the last one. */
  public void table() {
    tables.add(IndexImage.table(unlisted));
    unlisted.clear();
    covered = chunks.get(chunks.size() - 1).isEmpty() ? covered : last();
  }

  /** Where the next record would start. */
  public long end() {
    return position;
  }

  /** The files. */
  public DatabaseSet set() {
    NavigableMap<String, byte[]> root = new TreeMap<>();
    for (int number = 0; number < chunks.size(); number++) {
      chunk(root, number);
    }
    DatabaseSet set = new DatabaseSet(root, new TreeMap<>())
        .withCheckpoint("writer", position)
        .withCheckpoint("chaser", position)
        .withCheckpoint("epoch", 0)
        .withCheckpoint("proposal", 0)
        .withCheckpoint("truncate", -1);
    List<IndexImage.MapLine> lines = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      String name = new UUID(5, i).toString();
      lines.add(new IndexImage.MapLine(1, i, name));
      set = set.withIndex(name, tables.get(i));
    }
    return tables.isEmpty()
        ? set
        : set.withIndex(
            IndexWriter.MAP, IndexImage.map(covered, covered, Integer.MAX_VALUE, lines));
  }

  private void chunk(Map<String, byte[]> root, int number) {
    List<Entry> entries = chunks.get(number);
    boolean scavenged = entries.stream().anyMatch(entry -> dropped.contains(entry.position()));
    boolean active = number == chunks.size() - 1;
    if (active && entries.isEmpty()) {
      return;
    }
    Bytes data = new Bytes();
    List<ChunkImage.MapEntry> map = new ArrayList<>();
    long start = (long) number * chunkBytes;
    long logicalEnd = 0;
    for (Entry entry : entries) {
      if (!dropped.contains(entry.position())) {
        map.add(new ChunkImage.MapEntry(data.length(), entry.position() - start));
        data.raw(entry.bytes());
        logicalEnd = entry.position() - start + entry.bytes().length;
      }
    }
    ChunkImage.Header header =
        new ChunkImage.Header(4, chunkBytes, number, number, scavenged, new UUID(9, number), 0);
    byte[] image;
    if (active) {
      image = ChunkImage.active(header, data.toArray());
    } else if (scavenged) {
      image = ChunkImage.scavenged(header, data.toArray(), logicalEnd, map, true);
    } else {
      image = ChunkImage.completed(header, data.toArray());
    }
    root.put(ChunkImage.name(number, scavenged ? 1 : 0), image);
  }

  private long prepare(
      String stream,
      int flags,
      long number,
      String type,
      byte[] data,
      byte[] metadata,
      long transaction,
      int offset) {
    long at = position;
    boolean committed = (flags & RecordImage.COMMITTED) != 0;
    if (committed) {
      unlisted.add(new IndexImage.Entry(number, hash(stream), at));
    }
    append(new RecordImage.Prepare(
            1,
            at,
            flags,
            transaction,
            offset,
            committed ? number - 1 : -2,
            stream,
            new UUID(1, records),
            new UUID(2, records),
            nextTicks(),
            type,
            data,
            metadata)
        .payload());
    return at;
  }

  private long hash(String stream) {
    return StreamHash.of(filedUnder.getOrDefault(stream, stream));
  }

  private long nextTicks() {
    return RecordImage.ticks(FIRST_MILLIS + 1000L * records++);
  }

  private long last() {
    List<Entry> entries = chunks.get(chunks.size() - 1);
    return entries.get(entries.size() - 1).position();
  }

  private void append(byte[] payload) {
    byte[] bytes = RecordImage.framed(payload);
    chunks.get(chunks.size() - 1).add(new Entry(position, bytes));
    position += bytes.length;
    if (position > (long) chunks.size() * chunkBytes) {
      throw new IllegalStateException("the chunk is full");
    }
  }
}
