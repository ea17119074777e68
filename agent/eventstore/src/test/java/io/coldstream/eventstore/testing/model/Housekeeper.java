package io.coldstream.eventstore.testing.model;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What else changes in the folders: the stream-existence filter ({@code database-files.md#s7-5})
 * and temporary files
 * ({@code database-files.md#s1-1}).
 */
final class Housekeeper extends Actor {

  private static final String FOLDER = "stream-existence";
  private static final String FILTER = "streamExistenceFilter";

  private final Server server;

  Housekeeper(Server server) {
    this.server = server;
  }

  @Override
  void plan() {
    if (server.profile.filters() && server.chance(50)) {
      flushFilter();
    } else {
      Path probe = server.file("write-attempt-" + server.guid() + ".tmp");
      then(() -> server.disk.create(probe, new byte[0]));
      then(() -> server.disk.delete(probe));
    }
  }

  /** At a start a checkpoint above chaser.chk is lowered to it ({@code database-files.md#s6}). */
  void planStart(Actor starter) {
    Path checkpoint = server.index.resolve(FOLDER).resolve(FILTER + ".chk");
    if (server.disk.exists(checkpoint)) {
      long value =
          ByteBuffer.wrap(server.disk.bytes(checkpoint)).order(LITTLE_ENDIAN).getLong();
      if (value > server.chaser) {
        byte[] lowered = new Bytes().i64(server.chaser).toArray();
        starter.then(() -> server.disk.write(checkpoint, 0, lowered));
      }
    }
  }

  /**
   * Pages first, the checkpoint after them. The model's pages say up to where they hold the log.
   */
  private void flushFilter() {
    Path folder = server.index.resolve(FOLDER);
    long upTo = server.chaser;
    Bytes pages = new Bytes().u8(1).zerosTo(8).i64(480).zerosTo(64).i64(upTo).zerosTo(128);
    then(() -> {
      server.disk.makeFolder(folder);
      server.disk.create(folder.resolve(FILTER + ".dat"), pages.toArray());
    });
    then(() -> server.disk.create(
        folder.resolve(FILTER + ".chk"), new Bytes().i64(upTo).toArray()));
  }
}
