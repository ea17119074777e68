package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.testing.model.Ledger.Entry;
import io.coldstream.eventstore.testing.model.Ledger.Epoch;
import io.coldstream.eventstore.testing.model.Ledger.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes the records that the model's clients and leaders write. */
final class RecordMaker {

  private final Server server;
  private final Map<String, Long> eventNumbers = new HashMap<>();

  RecordMaker(Server server) {
    this.server = server;
  }

  /** An event that is committed by itself, as one of a group (flags: begin, end). */
  LogWriter.Maker event(String stream, int flags) {
    return prepare(stream, flags | RecordImage.DATA | RecordImage.COMMITTED, Kind.EVENT);
  }

  /** A prepare of an explicit transaction. */
  LogWriter.Maker part(int flags) {
    int all = flags == RecordImage.DATA ? flags : flags & ~RecordImage.DATA;
    return prepare("booking-" + server.random.nextInt(4), all, Kind.TRANSACTION_PART);
  }

  private LogWriter.Maker prepare(String stream, int flags, Kind kind) {
    long number = eventNumbers.merge(stream, 1L, Long::sum) - 1;
    byte[] data = new byte[10 + server.random.nextInt(300)];
    server.random.nextBytes(data);
    UUID id = server.guid();
    UUID correlation = server.guid();
    long ticks = server.nextTicks();
    boolean safe = kind == Kind.TRANSACTION_PART || (flags & RecordImage.END) != 0;
    return (at, transaction) -> {
      RecordImage.Prepare prepare = new RecordImage.Prepare(
          1,
          at,
          flags,
          transaction,
          0,
          number - 1,
          stream,
          id,
          correlation,
          ticks,
          "Changed",
          data,
          new byte[0]);
      byte[] bytes = RecordImage.framed(prepare.payload());
      return new Entry(at, bytes, kind, stream, number, transaction, safe, Optional.empty());
    };
  }

  /** The record that closes an explicit transaction. */
  Entry commit(long at, long transaction) {
    byte[] payload =
        RecordImage.commit(1, at, transaction, 0, new UUID(7, transaction), server.nextTicks());
    byte[] bytes = RecordImage.framed(payload);
    return new Entry(at, bytes, Kind.COMMIT, "", 0, transaction, true, Optional.empty());
  }

  /** The record that opens the next epoch. */
  LogWriter.Maker epoch() {
    UUID id = server.guid();
    UUID leader = server.guid();
    long ticks = server.nextTicks();
    return (at, transaction) -> {
      List<Epoch> before = server.ledger.current().epochs();
      long number = before.isEmpty() ? 0 : before.get(before.size() - 1).number() + 1;
      long previous = before.isEmpty() ? -1 : before.get(before.size() - 1).position();
      byte[] json = RecordImage.epochJson(at, number, id, previous, ticks, leader);
      byte[] bytes = RecordImage.framed(RecordImage.epoch(at, json, ticks));
      Optional<Epoch> epoch = Optional.of(new Epoch(number, id, at, previous));
      return new Entry(at, bytes, Kind.EPOCH, "", 0, at, true, epoch);
    };
  }
}
