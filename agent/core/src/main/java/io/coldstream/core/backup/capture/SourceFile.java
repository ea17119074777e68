package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.events.SentBytes;
import io.coldstream.eventstore.TrailingMd5;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.store.ObjectSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * A file of a capture, or a part of one, as the content of an object. It approves only the captured
 * bytes: they have the MD5 that was read at capture, or the SHA-256 that is expected. Thread-safe.
 */
public final class SourceFile implements ObjectSource, Closeable {

  private static final int BUFFER_BYTES = 128 << 10;

  private final DatabaseFile captured;
  private final OpenFile open;
  private final long fromBytes;
  private final long toBytes;
  private final Optional<Sha256> expected;
  private final LongConsumer progress;
  private final AtomicReference<Sha256> approved = new AtomicReference<>();

  private SourceFile(
      DatabaseFile captured,
      OpenFile open,
      long fromBytes,
      long toBytes,
      Optional<Sha256> expected,
      LongConsumer progress) {
    this.captured = captured;
    this.open = open;
    this.fromBytes = fromBytes;
    this.toBytes = toBytes;
    this.expected = expected;
    this.progress = progress;
  }

  /**
   * Opens a file, or a part of it.
   *
   * @param pins of the capture
   * @param file a file of the capture whose content is not in memory ({@link DatabaseFile#content})
   * @param fromBytes offset of the first byte
   * @param toBytes offset after the last byte
   * @param expected the digest that these bytes must have, where it is known
   * @param progress receives how many bytes were sent, repeats included; called by several threads
   * @return the open file
   * @throws SourceMoved when it is no longer what was captured
   * @throws IOException when it cannot be read
   */
  public static SourceFile open(
      Pins pins,
      DatabaseFile file,
      long fromBytes,
      long toBytes,
      Optional<Sha256> expected,
      LongConsumer progress)
      throws IOException {
    return new SourceFile(file, pins.open(file), fromBytes, toBytes, expected, progress);
  }

  @Override
  public long lengthBytes() {
    return toBytes - fromBytes;
  }

  @Override
  public InputStream open(long offsetBytes) {
    return new FileStream(open, fromBytes + offsetBytes, toBytes);
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
   * @return the digest of its bytes
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
   * The digest of the content in a pass that was approved.
   *
   * @return its digest; empty when no pass has been approved
   */
  public Optional<Sha256> approved() {
    return Optional.ofNullable(approved.get());
  }

  @Override
  public void close() throws IOException {
    open.close();
  }

  private final class Checked implements Pass {
    private final MessageDigest sha256 = Sha256.newDigest();
    private final Optional<TrailingMd5> trailing =
        captured.kind().endsInMd5() ? Optional.of(new TrailingMd5()) : Optional.empty();

    @Override
    public void accept(byte[] buffer, int offset, int length) {
      sha256.update(buffer, offset, length);
      trailing.ifPresent(md5 -> md5.update(buffer, offset, length));
    }

    @Override
    public void approve() throws IOException {
      if (trailing.isPresent()) {
        approveMd5(trailing.get().computed(), trailing.get().stated());
      }
      Sha256 content = Sha256.of(sha256);
      if (expected.isPresent() && !expected.get().equals(content)) {
        throw new SourceMoved(captured.fileName() + ": its content changed: its SHA-256 is "
            + content + " instead of " + expected.get());
      }
      approved.set(content);
    }

    private void approveMd5(String computed, String stated) throws IOException {
      String md5 = captured.md5().orElseThrow().hex();
      if (!computed.equals(md5) || !stated.equals(md5)) {
        // A truncation makes a completed chunk the active one again, in place: that is not damage.
        Pins.requireSame(open, captured);
        String advice = captured.kind() == DatabaseFile.Kind.INDEX_TABLE
            ? "the server rebuilds a damaged index when it starts; until then back up without"
                + " it: --without-index"
            : "check the disk, and back up another node of the cluster, or restore this one";
        throw new DamagedSource(
            captured.fileName() + ": damaged on this node's disk: its MD5 should be " + md5
                + " and is " + computed + "; nothing of it was stored; " + advice);
      }
    }
  }
}
