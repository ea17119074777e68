package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.testing.model.ChunkTable.ChunkFile;
import io.coldstream.eventstore.testing.model.Ledger.Entry;
import java.util.List;
import java.util.Optional;

/**
 * Ends the server's process and starts it again, with or without a truncation
 * ({@code database-files.md#s3-4} to {@code database-files.md#s3-6}, {@code database-files.md#s6}).
 */
final class Starter extends Actor {

  private static final int MAX_CHUNKS_TRUNCATED = 2;

  private final Server server;
  private final LogWriter writer;
  private final IndexWriter index;
  private final Scavenger scavenger;
  private final Housekeeper housekeeper;
  private final List<Actor> others;

  Starter(
      Server server,
      LogWriter writer,
      IndexWriter index,
      Scavenger scavenger,
      Housekeeper housekeeper,
      List<Actor> others) {
    this.server = server;
    this.writer = writer;
    this.index = index;
    this.scavenger = scavenger;
    this.housekeeper = housekeeper;
    this.others = others;
  }

  @Override
  void plan() {}

  /** The first start of all, on an empty disk. */
  void planFirstStart() {
    writer.createChunk(0);
    writer.election();
  }

  /**
   * Kills the process and queues what the next one does. Does nothing where that start would
   * refuse.
   */
  boolean planRestart() {
    if (excess().isPresent() && !server.profile.deletesExcessChunk()) {
      return false;
    }
    die();
    then(this::planStart);
    return true;
  }

  /**
   * The node learns that its leader's log is another one from some position on: it sets
   * truncate.chk, dies, and truncates when it starts again.
   */
  boolean planTruncation() {
    Optional<Long> target = truncationTarget();
    if (target.isEmpty()) {
      return false;
    }
    long to = target.get();
    long epoch =
        server.ledger.current().epochBelow(to).map(Ledger.Epoch::position).orElse(-1L);
    others.forEach(Actor::drop);
    then(() -> server.setEpoch(epoch));
    then(() -> server.setTruncate(to));
    then(() -> {
      die();
      planTruncating(to);
    });
    return true;
  }

  private void die() {
    others.forEach(Actor::drop);
    server.ledger.loseFrom(server.writer);
    server.position = server.writer;
  }

  /**
   * Needs a log whose cover is all that is there, no chunk beyond W, and a record's start to cut
   * at.
   */
  private Optional<Long> truncationTarget() {
    if (!server.chunks.superseded().isEmpty() || excess().isPresent()) {
      return Optional.empty();
    }
    long lowest = Math.max(1, server.writer - MAX_CHUNKS_TRUNCATED * (long) server.chunkSize());
    List<Entry> candidates = server.ledger.current().between(lowest, server.writer).stream()
        .filter(entry -> server.ledger.current().isSafeCut(entry.position()))
        .filter(entry -> server.ledger.current().epochBelow(entry.position()).isPresent())
        .toList();
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(candidates.get(server.random.nextInt(candidates.size())).position());
  }

  private void planTruncating(long wanted) {
    ChunkFile target =
        server.chunks.holding((int) (wanted / server.chunkSize())).orElseThrow();
    boolean scavenged = target.header().scavenged();
    long to = scavenged ? target.start() : wanted;
    List<ChunkFile> all = server.chunks.all();
    for (int i = all.size() - 1; i >= 0; i--) {
      ChunkFile each = all.get(i);
      if (each.first() > target.last()) {
        then(() -> server.delete(each));
      }
    }
    if (scavenged || server.profile.alignedTruncation() && to == target.start()) {
      then(() -> server.delete(target));
    } else {
      recut(target, to);
    }
    then(() -> {
      server.ledger.fork(to);
      scavenger.truncated(to);
      if (server.epoch >= to) {
        server.setEpoch(-1);
      }
    });
    then(() -> server.setChaser(Math.min(server.chaser, to)));
    then(() -> server.setWriter(Math.min(server.writer, to)));
    then(() -> {
      server.position = server.writer;
      server.setTruncate(-1);
      planStart();
    });
  }

  private void recut(ChunkFile target, long to) {
    int size = server.chunkSize();
    long length = server.profile.alignedTruncation()
        ? ChunkImage.preallocatedLength(size)
        : 2L * ChunkImage.FRAME_BYTES + size;
    int from = ChunkImage.FRAME_BYTES + (int) (to - target.start());
    then(() -> server.disk.setLength(server.file(target), length));
    then(() -> {
      server.disk.write(server.file(target), from, new byte[(int) length - from]);
      server.chunks.put(target.withCompleted(false));
    });
  }

  private void planStart() {
    int active = (int) (server.writer / server.chunkSize());
    excess().ifPresent(chunk -> then(() -> server.delete(chunk)));
    for (ChunkFile old : server.chunks.superseded()) {
      then(() -> server.delete(old));
    }
    for (String name : server.disk.fileNames(server.db)) {
      if (name.endsWith(".tmp")) {
        then(() -> server.disk.delete(server.file(name)));
      }
    }
    server.chunks.holding(active).ifPresent(file -> server.chunks.put(file.withCompleted(false)));
    index.planStart(this);
    housekeeper.planStart(this);
    server.follower = server.chance(40);
    if (server.chunks.holding(active).isEmpty()) {
      writer.createChunk(active);
    }
    writer.election();
  }

  private Optional<ChunkFile> excess() {
    long active = server.writer / server.chunkSize();
    return server.chunks.all().stream().filter(chunk -> chunk.first() > active).findFirst();
  }
}
