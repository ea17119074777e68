package io.coldstream.store.cloud;

import io.coldstream.store.PutListener;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.OncePass;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.work.TaskGroup;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends the sections of a put to a store that takes them in any order. The source is read once, from
 * its first byte to its last: what the store has already is compared, what it lacks is sent.
 *
 * <p>A section is sent from memory by another thread while the next one is read, as far as {@link
 * PartMemory} gives room; where it gives none, and at the end, the section streams from the source in
 * the thread that puts. When this returns, or fails, no other thread is at work for it any more.
 */
public final class SectionSender {

  /** Some virtual machines have no arrays as long as an int can count. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final StoreTools tools;

  /**
   * A sender.
   *
   * @param tools the threads and the memory that all puts share
   */
  public SectionSender(StoreTools tools) {
    this.tools = tools;
  }

  /**
   * Fills an upload. When it returns, the store holds every section, and the pass has approved.
   *
   * @param pass the way through the source; may have been through some of it
   * @param target the upload
   * @param listener is told what was there already
   * @throws StoreException what sending failed with first
   * @throws IOException what the source failed with; {@link OncePass#failure} has it too
   */
  public void send(OncePass pass, SectionTarget target, PutListener listener) throws IOException {
    Put put = new Put(pass, target, new TaskGroup<>(tools.partThreads()), new AtomicLong());
    try {
      int there = sendAll(put, listener);
      if (there > 0) {
        listener.resumed(there, pass.sections());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (RejectedExecutionException e) {
      throw new StoreException(Kind.UNAVAILABLE, "the program is being ended", e);
    }
  }

  /** How many sections were there already. */
  private int sendAll(Put put, PutListener listener) throws IOException, InterruptedException {
    int there = 0;
    try {
      for (int section = 0; section < put.pass().sections(); section++) {
        put.others().check();
        if (put.target().mayHold(section) && put.holds(section)) {
          there++;
          put.hasOne(section);
        } else {
          sendOne(put, section);
        }
      }
      put.others().join();
      return there;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      try {
        put.others().stop(e);
      } finally {
        listener.reached(put.hasBytes().get());
      }
      throw e;
    }
  }

  private static StoreException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreException(Kind.UNAVAILABLE, "interrupted", e);
  }

  private void sendOne(Put put, int section) throws IOException {
    long lengthBytes = put.pass().lengthOf(section);
    boolean last = section == put.pass().sections() - 1;
    if (last || lengthBytes > LONGEST_ARRAY || !tools.partMemory().tryTake(lengthBytes)) {
      put.target().send(new Streaming(put, section));
      put.hasOne(section);
      return;
    }
    Runnable giveBack = () -> tools.partMemory().giveBack(lengthBytes);
    SectionBody body;
    try {
      body = InMemory.of(put, section);
    } catch (IOException | RuntimeException | Error e) {
      giveBack.run();
      throw e;
    }
    TaskGroup.Task<IOException> task = () -> {
      put.target().send(body);
      put.hasOne(section);
    };
    put.others().start(task, giveBack);
  }

  /** What belongs to one put; {@code hasBytes} is what the store is known to have. */
  private record Put(
      OncePass pass, SectionTarget target, TaskGroup<IOException> others, AtomicLong hasBytes) {

    void hasOne(int section) {
      hasBytes.addAndGet(pass.lengthOf(section));
    }

    InputStream open(int section) throws IOException {
      return new Stoppable(pass.open(section), others);
    }

    InputStream openUnsent(int section) throws IOException {
      return new Stoppable(pass.openUnsent(section), others);
    }

    boolean holds(int section) throws IOException {
      try (InputStream content = openUnsent(section)) {
        return target.holds(section, content);
      }
    }
  }

  /** The bytes of a section, as long as nothing has failed in another thread. */
  private static final class Stoppable extends FilterInputStream {
    private final TaskGroup<IOException> others;

    Stoppable(InputStream in, TaskGroup<IOException> others) {
      super(in);
      this.others = others;
    }

    @Override
    public int read() throws IOException {
      check();
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      check();
      return in.read(bytes, offset, length);
    }

    private void check() throws IOException {
      try {
        others.check();
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  /** A section that is read from the source while it is sent. */
  private record Streaming(Put put, int section) implements SectionBody {
    @Override
    public long lengthBytes() {
      return put.pass().lengthOf(section);
    }

    @Override
    public InputStream open() throws IOException {
      return put.open(section);
    }

    @Override
    public InputStream openUnsent() throws IOException {
      return put.openUnsent(section);
    }

    @Override
    public int crc32c() {
      return put.pass().checksum(section);
    }
  }

  /** A section that was read before. */
  private static final class InMemory implements SectionBody {
    private final OncePass pass;
    private final int section;
    private final byte[] bytes;
    private final int crc32c;

    private InMemory(OncePass pass, int section, byte[] bytes, int crc32c) {
      this.pass = pass;
      this.section = section;
      this.bytes = bytes;
      this.crc32c = crc32c;
    }

    static InMemory of(Put put, int section) throws IOException {
      byte[] bytes = new byte[(int) put.pass().lengthOf(section)];
      try (InputStream in = put.openUnsent(section)) {
        in.readNBytes(bytes, 0, bytes.length);
      }
      return new InMemory(put.pass(), section, bytes, put.pass().checksum(section));
    }

    @Override
    public int section() {
      return section;
    }

    @Override
    public long lengthBytes() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return pass.sending(openUnsent());
    }

    @Override
    public InputStream openUnsent() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public int crc32c() {
      return crc32c;
    }
  }
}
