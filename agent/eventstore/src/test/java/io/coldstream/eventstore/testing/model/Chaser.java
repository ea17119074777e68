package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.testing.model.Ledger.Entry;
import java.util.List;

/**
 * Follows writer.chk record by record; on a follower it also moves epoch.chk
 * ({@code database-files.md#s2-2}, {@code database-files.md#s2-5},
 * {@code database-files.md#s14-8}).
 */
final class Chaser extends Actor {

  private final Server server;

  Chaser(Server server) {
    this.server = server;
  }

  @Override
  void plan() {
    List<Entry> ahead = server.ledger.current().between(server.chaser, server.writer);
    if (ahead.isEmpty()) {
      if (server.writer > server.chaser) {
        long value = server.writer;
        then(() -> server.setChaser(value));
      }
      return;
    }
    int count = server.chance(40) ? ahead.size() : 1 + server.random.nextInt(ahead.size());
    long value = ahead.get(count - 1).end();
    then(() -> server.setChaser(value));
    if (server.follower) {
      for (Entry passed : ahead.subList(0, count)) {
        passed.epoch().ifPresent(epoch -> then(() -> server.setEpoch(epoch.position())));
      }
    }
  }
}
