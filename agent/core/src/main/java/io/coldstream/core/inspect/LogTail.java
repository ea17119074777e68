package io.coldstream.core.inspect;

import io.coldstream.core.repository.log.StoredEvents;
import io.coldstream.eventstore.index.TableEntry;
import io.coldstream.eventstore.log.CommitRecord;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.PrepareRecord;
import io.coldstream.eventstore.log.StreamName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events of some streams in a stretch of the log, found by one walk over it: what the index does
 * not cover. Keeps number and position of each.
 */
final class LogTail {

  private final StoredEvents log;
  private final Set<StreamName> streams;
  private final long from;
  private final Map<StreamName, List<TableEntry>> found = new HashMap<>();

  /** The records of transactions that are not committed so far, by where these begin. */
  private final Map<Long, List<PrepareRecord>> open = new HashMap<>();

  private LogTail(StoredEvents log, Set<StreamName> streams, long from) {
    this.log = log;
    this.streams = streams;
    this.from = from;
    streams.forEach(stream -> found.put(stream, new ArrayList<>()));
  }

  /**
   * Walks over a stretch.
   *
   * @param from where to begin
   * @param above what took effect by a record up to this position is known already
   * @param to a safe cut
   */
  static LogTail read(StoredEvents log, Set<StreamName> streams, long from, long above, long to)
      throws IOException {
    LogTail tail = new LogTail(log, streams, from);
    log.walk(from, to, record -> {
      boolean counted = record.position() <= above && takesEffect(record);
      if (!counted) {
        tail.visit(record);
      }
      return true;
    });
    return tail;
  }

  /** Whether events take their place in their streams by this record; one of a transaction waits. */
  private static boolean takesEffect(LogRecord record) {
    return !(record instanceof PrepareRecord prepare) || prepare.isCommitted();
  }

  /** The events of a stream, in the order of the log. */
  List<TableEntry> of(StreamName stream) {
    return found.get(stream);
  }

  private void visit(LogRecord record) throws IOException {
    if (record instanceof PrepareRecord prepare) {
      if (prepare.isNumbered() && streams.contains(prepare.stream())) {
        if (prepare.isCommitted()) {
          add(prepare, prepare.number());
        } else {
          open.computeIfAbsent(prepare.transactionPosition(), p -> new ArrayList<>())
              .add(prepare);
        }
      }
    } else if (record instanceof CommitRecord commit) {
      for (PrepareRecord prepare : transaction(commit)) {
        add(prepare, commit.numberOf(prepare));
      }
    }
  }

  /** The records of the wanted streams in a transaction, which may have begun before the stretch. */
  private List<PrepareRecord> transaction(CommitRecord commit) throws IOException {
    List<PrepareRecord> records = new ArrayList<>();
    long begin = commit.transactionPosition();
    if (begin < from && begin >= 0) {
      log.walk(begin, from, record -> {
        if (record instanceof PrepareRecord prepare
            && prepare.transactionPosition() == begin
            && prepare.isNumbered()
            && streams.contains(prepare.stream())) {
          records.add(prepare);
        }
        return true;
      });
    }
    List<PrepareRecord> later = open.remove(begin);
    if (later != null) {
      records.addAll(later);
    }
    return records;
  }

  private void add(PrepareRecord prepare, long number) {
    found.get(prepare.stream()).add(new TableEntry(number, prepare.position()));
  }
}
