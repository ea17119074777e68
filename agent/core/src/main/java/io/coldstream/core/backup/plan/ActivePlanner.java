package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.ActiveProof;
import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.ActiveChunk;
import io.coldstream.eventstore.chunk.ChunkHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Plans the active chunk: the stored segments that the file still begins with, and one more for the
 * rest. After an election that cut the log these are the segments that end at or below the cut.
 */
final class ActivePlanner {

  /**
   * With more segments than this a restore would need too many requests: one segment replaces them
   * all.
   */
  static final int MAX_SEGMENTS = 32;

  private final ObjectChoice choice;
  private final Resends resends;

  ActivePlanner(ObjectChoice choice, Resends resends) {
    this.choice = choice;
    this.resends = resends;
  }

  PlannedFile plan(Capture capture, ActiveChunk chunk, Optional<NewestBackup> newest)
      throws RunException, SourceMoved, InterruptedException {
    List<StoredBytes> stored = stored(chunk, newest);
    ActiveProof proof = ActiveProof.read(capture, chunk, stored);
    boolean isMore = proof.continued() < chunk.lengthBytes();
    List<PlannedObject> segments = new ArrayList<>();
    long from = 0;
    if (!(isMore && isFull(stored))) {
      for (int i = 0; from < proof.continued(); i++) {
        segments.add(PlannedObject.known(stored.get(i), chunk, from));
        from += stored.get(i).lengthBytes();
      }
    }
    if (from < chunk.lengthBytes()) {
      segments.add(segment(capture, chunk, from, from == 0 ? proof.whole() : proof.rest()));
    }
    PlannedFile draft = new PlannedFile(chunk, segments, Optional.of(proof.whole()));
    return choice.choose(capture, Layout.ACTIVE, List.of(draft)).get(0);
  }

  /**
   * While objects are to be uploaded again, segments stay as they are: each can only be sent as it
   * was.
   */
  private boolean isFull(List<StoredBytes> stored) {
    return stored.size() >= MAX_SEGMENTS && resends.isEmpty();
  }

  private static List<StoredBytes> stored(ActiveChunk chunk, Optional<NewestBackup> newest) {
    return newest
        .flatMap(backup -> backup.manifest().files().activeChunk())
        .filter(entry -> entry.name().equals(chunk.fileName()))
        .filter(entry ->
            entry.chunk().equals(Optional.of(ChunkEntry.beginningOf(chunk, entry.lengthBytes()))))
        .map(FileEntry::objects)
        .orElse(List.of());
  }

  private static PlannedObject segment(
      Capture capture, ActiveChunk active, long from, Sha256 content) {
    long to = active.lengthBytes();
    ChunkHeader header = active.chunk().header();
    UUID epoch = capture
        .log()
        .lineage()
        .lastWhollyBelow(header.startPosition() + to - ChunkHeader.LENGTH_BYTES)
        .orElseThrow()
        .id();
    return new PlannedObject(
        Layout.segment(header, epoch, from, to, content),
        active,
        from,
        to,
        PlannedObject.Presence.SEND,
        Optional.of(content));
  }
}
