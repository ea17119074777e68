package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.testing.model.ParsedLog.Chunk;
import io.coldstream.eventstore.testing.model.ParsedLog.Record;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tells whether a set of files is one that a server starts with and loses nothing: I1 to I8 (and
 * I13) of {@code database-files.md#s12-1}, decided from the bytes alone, all of them in memory.
 * With a model's ledger it
 * also tells whether the log is a prefix of what was written. Verdicts are sentences that begin
 * with the invariant and the file; none is good. Immutable and safe for several threads.
 */
public final class Oracle {

  private static final int MAX_MISMATCHES_TOLD = 3;

  private final Optional<Ledger> ledger;
  private final boolean arranged;
  private final OptionalLong truncateAt;

  private Oracle(Optional<Ledger> ledger, boolean arranged, OptionalLong truncateAt) {
    this.ledger = ledger;
    this.arranged = arranged;
    this.truncateAt = truncateAt;
  }

  /** Judges the files alone: those of a captured set, or of a node that stopped somehow. */
  public static Oracle structural() {
    return new Oracle(Optional.empty(), false, OptionalLong.empty());
  }

  /** Judges a real folder, its index below it, by {@link #structural()}. */
  public static List<String> check(Path db) throws IOException {
    return structural().check(DatabaseSet.read(db));
  }

  /** Judges a real folder and its index folder, by {@link #structural()}. */
  public static List<String> check(Path db, Path index) throws IOException {
    return structural().check(DatabaseSet.read(db, index));
  }

  /** Also wants the log to be a prefix of one of the ledger's branches. */
  public Oracle withLedger(Ledger truth) {
    return new Oracle(Optional.of(truth), arranged, truncateAt);
  }

  /**
   * Also wants what the arrangement {@code direct} promises: writer.chk is a safe cut, chaser.chk
   * equal to it, epoch.chk the last epoch wholly below, no temporary state.
   */
  public Oracle arranged() {
    return new Oracle(ledger, true, truncateAt);
  }

  /**
   * Wants truncate.chk to be that position, at which the log can be cut safely, instead of unset.
   */
  public Oracle truncatingAt(long position) {
    return new Oracle(ledger, arranged, OptionalLong.of(position));
  }

  /** The verdicts on a set; none when all is well. */
  public List<String> check(DatabaseSet set) {
    List<String> verdicts = new ArrayList<>();
    OptionalLong writer = set.checkpoint("writer");
    if (writer.isEmpty() || writer.getAsLong() < 0) {
      verdicts.add("I1 writer.chk: missing, not 8 bytes long, or below 0");
      return verdicts;
    }
    long w = writer.getAsLong();
    OracleChunks chunks = new OracleChunks(set, w, verdicts);
    OptionalLong chaser = set.checkpoint("chaser");
    if (chaser.isEmpty()) {
      verdicts.add("I5 chaser.chk: missing or not 8 bytes long");
    } else {
      checkChaser(chaser.getAsLong(), w, chunks, verdicts);
      new OracleIndex(set, chaser.getAsLong(), verdicts).judge(ledger.isPresent());
    }
    checkEpoch(set, w, chunks, verdicts);
    checkTruncate(set, w, chunks, verdicts);
    if (arranged && !isSafe(w, chunks)) {
      verdicts.add("I1 writer.chk: " + w + " is not a safe cut");
    }
    ledger.ifPresent(truth -> checkLedger(truth, w, chunks, verdicts));
    return verdicts;
  }

  private void checkChaser(long chaser, long writer, OracleChunks chunks, List<String> verdicts) {
    if (chaser > writer) {
      verdicts.add("I5 chaser.chk: " + chaser + " is above writer.chk " + writer);
    } else if (!isBoundary(chaser, chunks)) {
      verdicts.add("I5 chaser.chk: " + chaser + " is not a record's boundary");
    }
    if (arranged && chaser != writer) {
      verdicts.add("I5 chaser.chk: " + chaser + " is not writer.chk " + writer);
    }
  }

  private void checkEpoch(DatabaseSet set, long w, OracleChunks chunks, List<String> verdicts) {
    if (set.root().containsKey("epoch.chk") && set.checkpoint("epoch").isEmpty()) {
      verdicts.add("I5 epoch.chk: not 8 bytes long");
    }
    long epoch = set.checkpoint("epoch").orElse(-1);
    if (epoch != -1) {
      Record record = chunks.records().get(epoch);
      if (record == null || !record.epoch() || record.end() > w) {
        verdicts.add("I5 epoch.chk: no epoch's record lies at " + epoch + " wholly below " + w);
      } else if (record.epochPosition() != epoch) {
        verdicts.add("I5 epoch.chk: the epoch at " + epoch + " tells another position");
      }
    }
    checkChain(w, chunks, verdicts);
    long last = chunks.records().descendingMap().values().stream()
        .filter(record -> record.epoch() && record.end() <= w)
        .map(Record::position)
        .findFirst()
        .orElse(-1L);
    if (arranged && last != epoch) {
      verdicts.add("I5 epoch.chk: " + epoch + ", but the last epoch stands at " + last);
    }
  }

  /**
   * Each epoch names the one before it; a mixture of two branches does not
   * ({@code database-files.md#s5}).
   */
  private static void checkChain(long writer, OracleChunks chunks, List<String> verdicts) {
    long before = -1;
    for (Record record : chunks.records().headMap(writer, false).values()) {
      if (record.epoch()) {
        if (record.previousEpochPosition() != before) {
          verdicts.add(
              "I5 " + record.chunk().name() + ": the epoch at " + record.position() + " follows "
                  + record.previousEpochPosition() + ", but the one before stands at " + before);
        }
        before = record.position();
      }
    }
  }

  private void checkTruncate(DatabaseSet set, long w, OracleChunks chunks, List<String> verdicts) {
    long truncate = set.checkpoint("truncate").orElse(-1);
    if (truncate != truncateAt.orElse(-1)) {
      verdicts.add("I6 truncate.chk: " + truncate);
    } else if (truncate > w || truncate >= 0 && !isSafe(truncate, chunks)) {
      verdicts.add("I6 truncate.chk: " + truncate + " is not a safe cut");
    }
  }

  private static boolean isBoundary(long position, OracleChunks chunks) {
    Optional<Chunk> in = holding(position, chunks);
    Map.Entry<Long, Record> below = chunks.records().lowerEntry(position);
    return position == 0
        || chunks.records().containsKey(position)
        || chunks.cover().stream().anyMatch(chunk -> startsNumber(position, chunk))
        || below != null && below.getValue().end() == position
        || in.isPresent() && in.get().scavenged();
  }

  /**
   * Whether the log may end there: after a safe record, or at a chunk's start
   * ({@code database-files.md#s5-safe-cuts}).
   */
  private static boolean isSafe(long position, OracleChunks chunks) {
    Map.Entry<Long, Record> below = chunks.records().lowerEntry(position);
    boolean start = chunks.cover().stream().anyMatch(chunk -> startsNumber(position, chunk));
    if (below == null) {
      return false;
    }
    Optional<Chunk> holder = holding(below.getKey(), chunks);
    if (start && holder.isPresent() && holder.get().scavenged()) {
      return true;
    }
    return below.getValue().safe() && (start || below.getValue().end() == position);
  }

  private static boolean startsNumber(long position, Chunk chunk) {
    return position == chunk.start() || position == chunk.end();
  }

  private static Optional<Chunk> holding(long position, OracleChunks chunks) {
    return chunks.cover().stream()
        .filter(chunk -> chunk.start() <= position && position < chunk.end())
        .findFirst();
  }

  private static void checkLedger(
      Ledger truth, long writer, OracleChunks chunks, List<String> verdicts) {
    List<String> closest = null;
    for (Ledger.Branch branch : truth.branches()) {
      List<String> mismatches = compare(branch, writer, chunks);
      if (mismatches.isEmpty()) {
        return;
      }
      closest = closest == null || mismatches.size() <= closest.size() ? mismatches : closest;
    }
    verdicts.addAll(closest.subList(0, Math.min(MAX_MISMATCHES_TOLD, closest.size())));
  }

  private static List<String> compare(Ledger.Branch branch, long writer, OracleChunks chunks) {
    List<String> mismatches = new ArrayList<>();
    NavigableMap<Long, Record> records = chunks.records();
    records.headMap(writer, false).forEach((position, record) -> {
      Ledger.Entry entry = branch.entries().get(position);
      if (entry == null || !record.holds(entry.bytes())) {
        mismatches.add("ledger: the record at " + position + " was never written");
      }
    });
    Set<Long> missing = new HashSet<>(branch.entries().headMap(writer, false).keySet());
    missing.removeAll(records.keySet());
    for (long position : missing) {
      boolean mayMiss = holding(position, chunks).map(Chunk::scavenged).orElse(false);
      if (!mayMiss || branch.entries().get(position).epoch().isPresent()) {
        mismatches.add("ledger: the record at " + position + " is missing");
      }
    }
    return mismatches;
  }
}
