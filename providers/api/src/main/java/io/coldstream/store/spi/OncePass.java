package io.coldstream.store.spi;

import io.coldstream.store.ObjectSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Reads the source of one put in sections of one size, each of which can be opened again as often
 * as a transport likes, while the source's {@link ObjectSource.Pass} is fed every byte exactly once
 * and in order.
 *
 * <p>What is read a second time is compared (CRC-32C over the bytes that were fed of that section)
 * before its last bytes are returned, so that a source which changed between two reads is detected.
 * The last bytes of the whole source are held back until the source has been seen to end there and
 * the pass has approved: a transport that needs every byte to create an object never gets them for
 * content that was refused.
 *
 * <p>The first failure of the source is kept ({@link #failure()}), because transports wrap what a
 * body throws beyond recognition, and every later read fails with it. One section is open at a time;
 * opening the next closes it. Not thread-safe: used by one thread at a time.
 */
public final class OncePass implements Closeable {

  private final ObjectSource source;
  private final ObjectSource.Pass pass;
  private final long lengthBytes;
  private final SectionChecksums fed;
  private final FirstFailure failure = new FirstFailure();
  private boolean approved;
  private Section open;

  /**
   * Begins the pass.
   *
   * @param source what is sent
   * @param sectionBytes how long each section but the last one is, 1 or more
   */
  public OncePass(ObjectSource source, long sectionBytes) {
    this.source = source;
    this.lengthBytes = source.lengthBytes();
    this.fed = new SectionChecksums(lengthBytes, sectionBytes);
    this.pass = source.begin();
  }

  /**
   * How many sections a content has.
   *
   * @param lengthBytes the content's length
   * @param sectionBytes a section's length, 1 or more
   * @return 1 or more: an empty content is one empty section
   */
  public static long sections(long lengthBytes, long sectionBytes) {
    return Math.max(1, lengthBytes / sectionBytes + (lengthBytes % sectionBytes == 0 ? 0 : 1));
  }

  /**
   * How many sections this source has.
   *
   * @return 1 or more
   */
  public int sections() {
    return fed.count();
  }

  /**
   * How long a section is.
   *
   * @param section its number, from 0
   * @return its length in bytes
   */
  public long lengthOf(int section) {
    return fed.lengthOf(section);
  }

  /**
   * Opens a section to send it, for the first time or again. Nothing is fed by opening, except that
   * an empty source is approved.
   *
   * @param section its number: one that was opened before, or the next one
   * @return exactly its bytes; a failure of the source, also an end that comes too early or too late,
   *     and a refusal of the pass are an {@link IOException}
   * @throws IOException when the source cannot be opened, or has failed before
   * @throws IllegalStateException when the section before it was not read to its end
   */
  public InputStream open(int section) throws IOException {
    return sending(openUnsent(section));
  }

  /**
   * Marks bytes that were read by {@link #openUnsent} as sent now. Thread-safe.
   *
   * @param body the bytes
   * @return the same bytes, as {@link ObjectSource#sending} lets them pass
   */
  public InputStream sending(InputStream body) {
    return source.sending(body);
  }

  /**
   * Opens a section as {@link #open} does, to digest or compare it, or to take it into memory: what
   * limits or counts what is sent does not see it.
   *
   * @param section as of {@link #open}
   * @return as of {@link #open}
   * @throws IOException as of {@link #open}
   */
  public InputStream openUnsent(int section) throws IOException {
    close();
    fed.checkNext(section);
    failure.guard(() -> {
      open = new Section(section);
      return open.endIfComplete();
    });
    return open;
  }

  /**
   * Whether a section was read to its end at least once.
   *
   * @param section its number
   * @return true when it was
   */
  public boolean isRead(int section) {
    return fed.isComplete(section);
  }

  /**
   * The CRC-32C of a section.
   *
   * @param section one that {@link #isRead}
   * @return the checksum in the low 32 bits
   */
  public int checksum(int section) {
    return fed.of(section);
  }

  /**
   * What was wrong with the source.
   *
   * @return its first failure; empty while nothing is wrong
   */
  public Optional<IOException> failure() {
    return failure.get();
  }

  /** Closes the section that is open; another one can be opened. */
  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }

  /** The bytes of one section: first those that were fed before, then new ones. */
  private final class Section extends InputStream {
    private final int number;
    private final long end;
    private final long replayEnd;
    private final CRC32C replayed = new CRC32C();
    private final InputStream in;
    private long position;
    private boolean closed;

    Section(int number) throws IOException {
      this.number = number;
      this.position = fed.startOf(number);
      this.end = fed.endOf(number);
      this.replayEnd = Math.max(position, Math.min(fed.addedBytes(), end));
      this.in = source.open(position);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (closed) {
        throw new IOException("this section was closed, or opened again");
      }
      if (length == 0) {
        return 0;
      }
      return failure.guard(() -> position == end ? -1 : next(bytes, offset, length));
    }

    private int next(byte[] bytes, int offset, int length) throws IOException {
      boolean replay = position < replayEnd;
      long left = (replay ? replayEnd : end) - position;
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new IOException(
            "the source ends after " + position + " bytes; it said it has " + lengthBytes);
      }
      position += read;
      if (replay) {
        replayed.update(bytes, offset, read);
        compare();
      } else {
        pass.accept(bytes, offset, read);
        fed.add(number, bytes, offset, read);
      }
      endIfComplete();
      return read;
    }

    private void compare() throws IOException {
      if (position == replayEnd && fed.ofAdded(number) != (int) replayed.getValue()) {
        throw new IOException("the source changed between two reads of bytes " + fed.startOf(number)
            + " to " + replayEnd);
      }
    }

    private int endIfComplete() throws IOException {
      if (!approved && position == lengthBytes) {
        if (in.read() >= 0) {
          throw new IOException("the source is longer than the " + lengthBytes + " bytes it said");
        }
        pass.approve();
        approved = true;
      }
      return 0;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        try {
          in.close();
        } catch (IOException e) {
          // What was read was checked; a section that was not read to its end is opened again.
          return;
        }
      }
    }
  }
}
