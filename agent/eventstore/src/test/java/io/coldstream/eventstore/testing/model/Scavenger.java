package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.testing.model.ChunkTable.ChunkFile;
import io.coldstream.eventstore.testing.model.Ledger.Entry;
import io.coldstream.eventstore.testing.model.Ledger.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites completed chunks without some records, then merges neighbours
 * ({@code database-files.md#s8}, {@code database-files.md#s3-2}, {@code database-files.md#s3-3}).
 */
final class Scavenger extends Actor {

  private final Server server;
  private long donePoint;

  Scavenger(Server server) {
    this.server = server;
  }

  @Override
  void plan() {
    deleteLater();
    long point = Math.min(server.scavengePoint, server.chaser);
    if (!server.profile.scavengePoints() && server.chance(2)) {
      point = server.chaser - server.chaser % server.chunkSize();
    }
    if (point <= donePoint) {
      return;
    }
    donePoint = point;
    for (ChunkFile chunk : below(point)) {
      if (server.chance(60)) {
        List<Entry> kept = new ArrayList<>(records(chunk));
        kept.removeIf(entry -> mayDrop(entry) && server.chance(50));
        rewrite(List.of(chunk), kept, ".scavenge.tmp");
      }
    }
    long upTo = point;
    then(() -> merge(upTo));
  }

  /** After a truncation a point may lie beyond the log. */
  void truncated(long position) {
    donePoint = Math.min(donePoint, position);
    server.scavengePoint = Math.min(server.scavengePoint, position);
  }

  private void merge(long point) {
    List<ChunkFile> range = new ArrayList<>();
    long bytes = 0;
    for (ChunkFile chunk : below(point)) {
      long own =
          records(chunk).stream().mapToLong(entry -> entry.bytes().length).sum();
      if (bytes + own > server.chunkSize() || server.chance(15)) {
        mergeRange(range);
        range.clear();
        bytes = 0;
      }
      range.add(chunk);
      bytes += own;
    }
    mergeRange(range);
  }

  private void mergeRange(List<ChunkFile> range) {
    if (range.size() >= 2) {
      List<Entry> all = new ArrayList<>();
      range.forEach(chunk -> all.addAll(records(chunk)));
      rewrite(List.copyOf(range), all, ".merge.scavenge.tmp");
    }
  }

  private void rewrite(List<ChunkFile> old, List<Entry> kept, String suffix) {
    ChunkImage.Header header = new ChunkImage.Header(
        server.profile.chunkFormat(),
        server.chunkSize(),
        old.get(0).first(),
        old.get(old.size() - 1).last(),
        true,
        server.guid(),
        0);
    byte[] bytes = image(header, kept);
    Path temporary = server.file(server.guid() + suffix);
    int half = bytes.length / 2;
    then(() -> server.disk.create(temporary, header.bytes()));
    then(() -> server.disk.setLength(temporary, ChunkImage.preallocatedLength(server.chunkSize())));
    then(() -> server.disk.write(temporary, 0, java.util.Arrays.copyOf(bytes, half)));
    then(() -> server.disk.write(
        temporary, half, java.util.Arrays.copyOfRange(bytes, half, bytes.length)));
    then(() -> server.disk.setLength(temporary, bytes.length));
    then(() -> {
      int version = server.chunks.nextVersion(header.firstNumber());
      ChunkFile fresh = new ChunkFile(header, version, true, List.copyOf(kept));
      server.disk.rename(temporary, server.file(fresh));
      server.chunks.put(fresh);
    });
    for (ChunkFile each : old) {
      if (server.chance(60)) {
        then(() -> server.delete(each));
      }
    }
  }

  private static byte[] image(ChunkImage.Header header, List<Entry> kept) {
    Bytes data = new Bytes();
    List<ChunkImage.MapEntry> map = new ArrayList<>();
    long logical = 0;
    for (Entry entry : kept) {
      map.add(new ChunkImage.MapEntry(data.length(), entry.position() - header.startPosition()));
      data.raw(entry.bytes());
      logical = entry.end() - header.startPosition();
    }
    return ChunkImage.scavenged(header, data.toArray(), logical, map, true);
  }

  /** A superseded file goes when its last reader has returned: at any time, one by one. */
  private void deleteLater() {
    for (ChunkFile old : server.chunks.superseded()) {
      if (server.chance(20)) {
        then(() -> server.delete(old));
      }
    }
  }

  private List<ChunkFile> below(long point) {
    return server.chunks.cover().stream()
        .filter(chunk -> chunk.completed() && chunk.end() <= point)
        .toList();
  }

  private List<Entry> records(ChunkFile chunk) {
    return chunk.header().scavenged()
        ? chunk.kept()
        : server.ledger.current().between(chunk.start(), chunk.end());
  }

  private static boolean mayDrop(Entry entry) {
    return entry.kind() == Kind.EVENT && !entry.stream().startsWith("$");
  }
}
