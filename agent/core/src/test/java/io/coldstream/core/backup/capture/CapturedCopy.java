package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.ActiveChunk;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Copies a capture out through its pins, as an upload does, and arranges the copy as a restore of the
 * kind {@code direct} does: at the restore point.
 */
final class CapturedCopy {

  private static final int MIN_CHUNK_BYTES = 256;

  private final Capture capture;
  private final RememberedFiles known;
  private final NavigableMap<String, byte[]> root = new TreeMap<>();
  private final NavigableMap<String, byte[]> index = new TreeMap<>();

  private CapturedCopy(Capture capture, RememberedFiles known) {
    this.capture = capture;
    this.known = known;
  }

  /** What is known is taken from there; what is copied is known then. */
  static DatabaseSet of(Capture capture, RememberedFiles known) throws IOException {
    return new CapturedCopy(capture, known).copy();
  }

  private DatabaseSet copy() throws IOException {
    copyIndex();
    for (Chunk chunk : capture.files().completed()) {
      byte[] bytes = stored(chunk, chunk.lengthBytes(), () -> capture.pins().open(chunk));
      root.put(chunk.name().toString(), bytes);
      capture.pins().release(chunk);
    }
    if (capture.files().active().isPresent()) {
      ActiveChunk active = capture.files().active().get();
      try (OpenFile file = capture.pins().open(active)) {
        byte[] bytes = file.readFully(0, Math.toIntExact(active.lengthBytes()));
        root.put(active.fileName(), Arrays.copyOf(bytes, Math.max(MIN_CHUNK_BYTES, bytes.length)));
      }
    }
    long end = capture.log().positions().restorePoint();
    put(Checkpoint.at(CheckpointName.WRITER, end));
    put(Checkpoint.at(CheckpointName.CHASER, end));
    put(Checkpoint.at(CheckpointName.EPOCH, capture.log().positions().restorePointEpoch()));
    put(new Checkpoint(CheckpointName.PROPOSAL, capture.log().positions().proposal()));
    put(new Checkpoint(CheckpointName.TRUNCATE, OptionalLong.empty()));
    return new DatabaseSet(root, index);
  }

  private void copyIndex() throws IOException {
    for (DatabaseFile file : capture.files().index()) {
      if (file.content().isPresent()) {
        known.remember(file, file.content().get()); // read whole at capture
      }
      index.put(
          file.fileName(), stored(file, file.lengthBytes(), () -> capture.pins().open(file)));
    }
  }

  private void put(Checkpoint checkpoint) {
    root.put(checkpoint.name().fileName(), checkpoint.bytes());
  }

  private byte[] stored(Object facts, long lengthBytes, Opening opening) throws IOException {
    if (known.bytes(facts).isEmpty()) {
      try (OpenFile file = opening.open()) {
        byte[] bytes = file.readFully(0, Math.toIntExact(lengthBytes));
        if (facts instanceof Chunk chunk) {
          requireWhole(chunk, bytes);
        }
        known.remember(facts, bytes);
      }
    }
    return known.bytes(facts).orElseThrow();
  }

  /** What an upload finds out while the file streams by. */
  private static void requireWhole(Chunk chunk, byte[] bytes) throws SourceMoved {
    MessageDigest md5 = Md5.newDigest();
    md5.update(bytes, 0, bytes.length - Md5.LENGTH_BYTES);
    if (!Md5.ofBytes(md5.digest()).equals(chunk.footer().orElseThrow().md5())) {
      throw new SourceMoved(chunk.name() + ": rewritten while it was copied");
    }
  }

  @FunctionalInterface
  private interface Opening {
    OpenFile open() throws IOException;
  }
}
