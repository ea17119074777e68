package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.chunk.ChunkReader;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.store.ObjectSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * A file of a capture, or a stretch of one, as content of an object. It approves only bytes that are
 * what the capture says: their MD5 is the one that was read at capture, or their SHA-256 the one
 * that is expected. Thread-safe; open until it is closed.
 */
public final class SourceFile implements ObjectSource, Closeable {

  private static final int BUFFER_BYTES = 128 << 10;

  private final LocalBytes bytes;
  private final OpenFile file;
  private final long fromBytes;
  private final Optional<Md5> md5;
  private final Optional<Sha256> expected;
  private final LongConsumer progress;
  private final AtomicReference<Sha256> approved = new AtomicReference<>();

  private SourceFile(
      LocalBytes bytes,
      OpenFile file,
      long fromBytes,
      Optional<Md5> md5,
      Optional<Sha256> expected,
      LongConsumer progress) {
    this.bytes = bytes;
    this.file = file;
    this.fromBytes = fromBytes;
    this.md5 = md5;
    this.expected = expected;
    this.progress = progress;
  }

  /**
   * Opens a file.
   *
   * @param capture where it was captured
   * @param bytes which file of it, not one in memory
   * @param expected what its bytes must come to, where that is known
   * @param progress is told how many bytes were sent, also when they are sent again; by several
   *     threads
   * @return the open file
   * @throws SourceMoved when it is no longer what was captured
   * @throws IOException when it cannot be read
   */
  public static SourceFile open(
      Capture capture, LocalBytes bytes, Optional<Sha256> expected, LongConsumer progress)
      throws IOException {
    if (bytes instanceof LocalBytes.Chunk chunk) {
      Optional<Md5> md5 = Optional.of(chunk.facts().footer().orElseThrow().md5());
      OpenFile file = capture.pins().open(chunk.facts());
      return new SourceFile(bytes, file, 0, md5, expected, progress);
    }
    if (bytes instanceof LocalBytes.Table table) {
      Optional<Md5> md5 = Optional.of(table.facts().md5());
      OpenFile file = capture.pins().open(table.facts());
      return new SourceFile(bytes, file, 0, md5, expected, progress);
    }
    if (bytes instanceof LocalBytes.Filter filter) {
      OpenFile file = capture.pins().open(filter.file());
      return new SourceFile(bytes, file, 0, Optional.empty(), expected, progress);
    }
    if (bytes instanceof LocalBytes.Segment segment) {
      OpenFile file = capture.pins().open(segment.chunk());
      return new SourceFile(
          bytes,
          file,
          segment.fromBytes(),
          Optional.empty(),
          Optional.of(segment.sha256()),
          progress);
    }
    throw new IllegalArgumentException(bytes.fileName() + " is in memory");
  }

  @Override
  public long lengthBytes() {
    return bytes.lengthBytes();
  }

  @Override
  public InputStream open(long offsetBytes) {
    return new FileStream(file, fromBytes + offsetBytes, fromBytes + lengthBytes());
  }

  @Override
  public InputStream sending(InputStream body) {
    return new SentBytes(body, progress);
  }

  @Override
  public Pass begin() {
    return new Checked();
  }

  /**
   * Reads the whole content here, for an object that is on the store already.
   *
   * @return what its bytes came to
   * @throws IOException when it cannot be read, or is not what it must be
   */
  public Sha256 digest() throws IOException {
    Pass pass = begin();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = open(0)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        pass.accept(buffer, 0, count);
      }
    }
    pass.approve();
    return approved().orElseThrow();
  }

  /**
   * What the content came to in a pass that was approved.
   *
   * @return its digest; empty when no pass has been approved
   */
  public Optional<Sha256> approved() {
    return Optional.ofNullable(approved.get());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private final class Checked implements Pass {
    private final FileDigest digest = new FileDigest(lengthBytes(), md5.isPresent());

    @Override
    public void accept(byte[] buffer, int offset, int length) {
      digest.update(buffer, offset, length);
    }

    @Override
    public void approve() throws IOException {
      if (md5.isPresent()) {
        approveMd5(digest.md5(), digest.stated(), md5.get());
      }
      Sha256 sha256 = digest.sha256();
      if (expected.isPresent() && !expected.get().equals(sha256)) {
        throw new SourceMoved(bytes.fileName() + ": its bytes changed: their SHA-256 is " + sha256
            + ", expected was " + expected.get());
      }
      approved.set(sha256);
    }

    private void approveMd5(Md5 computed, Md5 stated, Md5 captured) throws IOException {
      if (!computed.equals(captured) || !stated.equals(captured)) {
        requireUnchanged();
        String advice = bytes instanceof LocalBytes.Table
            ? "the server rebuilds a damaged index when it starts; until then back up without"
                + " it: --without-index"
            : "check the disk, and back up another node of the cluster, or restore this one";
        throw new DamagedSource(
            bytes.fileName() + ": damaged on this node's disk: its MD5 should be " + captured
                + " and is " + computed + "; nothing of it was stored; " + advice);
      }
    }

    /** A truncation makes a completed chunk the active one again, in place: that is no damage. */
    private void requireUnchanged() throws IOException {
      if (bytes instanceof LocalBytes.Chunk chunk
          && !ChunkReader.facts(file, chunk.facts().name()).equals(chunk.facts())) {
        throw new SourceMoved(bytes.fileName() + ": rewritten while it was read");
      }
    }
  }
}
