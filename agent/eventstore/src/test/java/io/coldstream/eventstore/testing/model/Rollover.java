package io.coldstream.eventstore.testing.model;

import java.util.List;

/**
 * Completes the active chunk and starts the next one, in the orders of
 * {@code database-files.md#s2-4} and the ways of {@code database-files.md#s4-6}.
 */
final class Rollover {

  private final Server server;
  private final Actor actor;

  Rollover(Server server, Actor actor) {
    this.server = server;
    this.actor = actor;
  }

  /** Queues all steps; the server's position moves to the next chunk's start at once. */
  void plan() {
    int number = (int) (server.position / server.chunkSize());
    int dataBytes = (int) (server.position % server.chunkSize());
    long boundary = (number + 1L) * server.chunkSize();
    if (server.chance(40)) {
      long value = server.position;
      actor.then(() -> server.setWriter(value));
    }
    complete(number, dataBytes);
    boolean writerFirst = !server.profile.nextChunkBeforeWriter()
        || server.profile.writerBeforeNextChunk() && server.chance(50);
    if (writerFirst) {
      actor.then(() -> server.setWriter(boundary));
    }
    create(number + 1);
    if (!writerFirst) {
      actor.then(() -> server.setWriter(boundary));
    }
    server.position = boundary;
  }

  private void complete(int number, int dataBytes) {
    var path = server.file(ChunkImage.name(number, 0));
    int contentEnd = ChunkImage.FRAME_BYTES + dataBytes;
    int whole = (int) ChunkImage.completedLength(dataBytes);
    int footer = whole - ChunkImage.FRAME_BYTES;
    if (server.profile.cutsFirst()) {
      actor.then(() -> server.disk.setLength(path, contentEnd));
    }
    actor.then(() -> server.disk.write(path, contentEnd, new byte[footer - contentEnd]));
    actor.then(() -> {
      byte[] content = java.util.Arrays.copyOf(server.disk.bytes(path), footer);
      Bytes all = new Bytes().raw(content);
      all.raw(ChunkImage.footerStart(dataBytes, dataBytes, 0, true)).md5();
      byte[] bytes = java.util.Arrays.copyOfRange(all.toArray(), footer, whole);
      server.disk.write(path, footer, bytes);
      if (server.profile.cutsFirst()) {
        completed(number);
      }
    });
    if (!server.profile.cutsFirst()) {
      actor.then(() -> {
        server.disk.setLength(path, whole);
        completed(number);
      });
    }
  }

  private void completed(int number) {
    server.chunks.put(server.chunks.holding(number).orElseThrow().withCompleted(true));
  }

  /** Queues the creation of an empty active chunk under a temporary name, then its renaming. */
  void create(int number) {
    ChunkImage.Header header = ChunkImage.Header.fresh(
        server.profile.chunkFormat(), server.chunkSize(), number, server.guid());
    String name = ChunkImage.name(number, 0);
    var temporary = server.file(name + "." + server.guid() + ".tmp");
    actor.then(() -> server.disk.create(temporary, new byte[0]));
    actor.then(
        () -> server.disk.setLength(temporary, ChunkImage.preallocatedLength(server.chunkSize())));
    actor.then(() -> server.disk.write(temporary, 0, header.bytes()));
    actor.then(() -> {
      server.disk.rename(temporary, server.file(name));
      server.chunks.put(new ChunkTable.ChunkFile(header, 0, false, List.of()));
    });
  }
}
