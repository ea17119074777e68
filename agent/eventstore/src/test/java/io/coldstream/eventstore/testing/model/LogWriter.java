package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.testing.model.Ledger.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends records and moves writer.chk after them ({@code database-files.md#s2-1},
 * {@code database-files.md#s2-3}, {@code database-files.md#s2-5}).
 */
final class LogWriter extends Actor {

  /** Makes a record once its place is known. */
  interface Maker {
    Entry at(long position, long transaction);
  }

  private final Server server;
  private final RecordMaker records;
  private final Rollover rollover;
  private long openTransaction = -1;
  private int transactionParts;

  LogWriter(Server server) {
    this.server = server;
    this.records = new RecordMaker(server);
    this.rollover = new Rollover(server, this);
  }

  @Override
  void plan() {
    int dice = server.random.nextInt(100);
    if (dice < 3) {
      election();
    } else if (dice < 6
        && server.profile.scavengePoints()
        && server.position > server.chunkSize()) {
      scavengePoint();
    } else if (dice < 20 && server.profile.explicitTransactions()) {
      transactionPart();
    } else {
      group();
    }
    if (server.chance(70)) {
      flush();
    }
  }

  /** Writes a new leader's epoch, its checkpoint, and the event that tells of it. */
  void election() {
    long number = server.ledger.current().epochs().size();
    then(() -> server.writeCheckpoint("proposal", number));
    append(List.of(records.epoch()));
    flush();
    long position =
        server.ledger.current().epochBelow(server.position).orElseThrow().position();
    if (!server.follower) {
      then(() -> server.setEpoch(position));
    }
    append(List.of(records.event("$epoch-information", RecordImage.BEGIN | RecordImage.END)));
    flush();
  }

  @Override
  void drop() {
    super.drop();
    openTransaction = -1;
  }

  /** Starts chunk number {@code number}, which is empty. */
  void createChunk(int number) {
    rollover.create(number);
  }

  private void group() {
    int count = server.chance(50) ? 1 : 1 + server.random.nextInt(5);
    String stream = "order-" + server.random.nextInt(12);
    List<Maker> makers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int flags = (i == 0 ? RecordImage.BEGIN : 0) | (i == count - 1 ? RecordImage.END : 0);
      makers.add(records.event(stream, flags));
    }
    append(makers);
  }

  /** One prepare of an explicit transaction; between them other writes come. */
  private void transactionPart() {
    if (openTransaction < 0) {
      append(List.of(records.part(RecordImage.BEGIN)));
      openTransaction =
          server.ledger.current().lastBelow(server.position).orElseThrow().position();
      transactionParts = 0;
      return;
    }
    long transaction = openTransaction;
    boolean last = transactionParts++ >= 2;
    Maker part = records.part(last ? RecordImage.END : RecordImage.DATA);
    append(List.of((at, own) -> part.at(at, transaction)));
    if (last) {
      append(List.of((at, own) -> records.commit(at, transaction)));
      openTransaction = -1;
    }
  }

  /** Writing a scavenge point completes the chunk early ({@code database-files.md#s8}). */
  private void scavengePoint() {
    append(List.of(records.event("$scavengePoints", RecordImage.BEGIN | RecordImage.END)));
    long point = server.position;
    rollover.plan();
    then(() -> server.scavengePoint = point);
  }

  private void flush() {
    long value = server.position;
    then(() -> server.setWriter(value));
  }

  private void append(List<Maker> makers) {
    if (server.profile.wholeTransactions()) {
      if (!fits(make(makers))) {
        rollover.plan();
      }
      write(make(makers));
      return;
    }
    long transaction = -1;
    for (Maker maker : makers) {
      long first = transaction;
      Maker own = first < 0 ? maker : (at, ignored) -> maker.at(at, first);
      if (!fits(make(List.of(own)))) {
        rollover.plan();
      }
      List<Entry> made = make(List.of(own));
      transaction = made.get(0).transaction();
      write(made);
      if (server.chance(40)) {
        flush();
      }
    }
  }

  private List<Entry> make(List<Maker> makers) {
    List<Entry> made = new ArrayList<>();
    long at = server.position;
    for (Maker maker : makers) {
      made.add(maker.at(at, server.position));
      at = made.get(made.size() - 1).end();
    }
    return made;
  }

  /**
   * A chunk is never filled to its last byte, so that writer.chk on a boundary means the next
   * chunk.
   */
  private boolean fits(List<Entry> made) {
    long end = made.get(made.size() - 1).end();
    return end < (server.position / server.chunkSize() + 1) * server.chunkSize();
  }

  /** Bytes reach the file in pieces that know nothing of records. */
  private void write(List<Entry> made) {
    Bytes bytes = new Bytes();
    for (Entry entry : made) {
      server.ledger.append(entry);
      bytes.raw(entry.bytes());
    }
    byte[] all = bytes.toArray();
    int number = (int) (server.position / server.chunkSize());
    long raw = ChunkImage.FRAME_BYTES + server.position % server.chunkSize();
    int from = 0;
    while (from < all.length) {
      int count =
          server.chance(60) ? all.length - from : 1 + server.random.nextInt(all.length - from);
      byte[] piece = java.util.Arrays.copyOfRange(all, from, from + count);
      long at = raw + from;
      then(() -> server.disk.write(server.file(ChunkImage.name(number, 0)), at, piece));
      from += count;
    }
    server.position += all.length;
  }
}
