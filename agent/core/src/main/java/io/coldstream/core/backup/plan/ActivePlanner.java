package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.ActiveChunk;
import io.coldstream.core.backup.capture.ActiveProof;
import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.LocalBytes;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
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

  /** With more segments than this a restore would ask too often: they are folded into one. */
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
    boolean isMore = proof.continued() < chunk.capturedBytes();
    List<Candidate> segments = new ArrayList<>();
    long from = 0;
    if (proof.continued() > 0 && !(isMore && isFull(stored))) {
      for (StoredBytes segment : stored) {
        if (from == proof.continued()) {
          break;
        }
        long to = from + segment.lengthBytes();
        LocalBytes bytes = new LocalBytes.Segment(chunk, from, to, segment.sha256());
        segments.add(
            new Candidate(segment.object(), bytes, Optional.of(segment), Optional.empty()));
        from = to;
      }
    }
    if (from < chunk.capturedBytes()) {
      segments.add(segment(capture, chunk, from, from == 0 ? proof.whole() : proof.rest()));
    }
    return new PlannedFile(
        chunk.facts().name().toString(),
        choice.choose(capture, Layout.ACTIVE, segments),
        Optional.of(proof.whole()),
        Optional.of(entry(chunk)));
  }

  /** A segment that is to be sent again can be so only as it is. */
  private boolean isFull(List<StoredBytes> stored) {
    return stored.size() >= MAX_SEGMENTS && resends.isEmpty();
  }

  private static List<StoredBytes> stored(ActiveChunk chunk, Optional<NewestBackup> newest) {
    return newest
        .map(NewestBackup::manifest)
        .flatMap(Manifest::activeChunk)
        .filter(entry -> entry.name().equals(chunk.facts().name().toString()))
        .filter(entry -> entry.chunk().equals(Optional.of(entry(chunk, entry.lengthBytes()))))
        .map(FileEntry::objects)
        .orElse(List.of());
  }

  private static ChunkEntry entry(ActiveChunk chunk) {
    return entry(chunk, chunk.capturedBytes());
  }

  private static ChunkEntry entry(ActiveChunk chunk, long storedBytes) {
    ChunkHeader header = chunk.facts().header();
    return new ChunkEntry(
        header.firstNumber(),
        header.lastNumber(),
        header.id().toString(),
        header.scavenged(),
        Optional.empty(),
        Math.max(0, storedBytes - ChunkHeader.LENGTH_BYTES));
  }

  private static Candidate segment(Capture capture, ActiveChunk chunk, long from, Sha256 content) {
    long to = chunk.capturedBytes();
    ChunkHeader header = chunk.facts().header();
    UUID epoch = capture
        .lineage()
        .lastWhollyBelow(chunk.facts().startPosition() + to - ChunkHeader.LENGTH_BYTES)
        .orElseThrow()
        .id();
    return new Candidate(
        Layout.segment(header.firstNumber(), header.id().toString(), epoch, from, to, content),
        new LocalBytes.Segment(chunk, from, to, content),
        Optional.empty(),
        Optional.of(content));
  }
}
