package io.coldstream.store.adapter;

import io.coldstream.store.OncePass;
import io.coldstream.store.PartMemory;
import io.coldstream.store.PutListener;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreTools;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Sends the sections of a put to a store that takes them in any order. The source is read once, from
 * its first byte to its last: what the store has already is compared, what it lacks is sent.
 *
 * <p>A section is sent from memory by another thread while the next one is read, as far as {@link
 * PartMemory} gives room; where it gives none, and at the end, the section streams from the source in
 * the thread that puts. When this returns, or fails, no other thread is at work for it any more.
 */
public final class SectionSender {

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
    Flight flight = new Flight(tools.partThreads());
    boolean sent = false;
    try {
      int there = 0;
      for (int section = 0; section < pass.sections(); section++) {
        flight.check();
        if (target.mayHold(section) && holds(pass, target, section)) {
          there++;
        } else {
          sendOne(pass, target, section, flight);
        }
      }
      flight.join();
      sent = true;
      if (there > 0) {
        listener.resumed(there, pass.sections());
      }
    } finally {
      if (!sent) {
        flight.stop();
      }
    }
  }

  private static boolean holds(OncePass pass, SectionTarget target, int section)
      throws IOException {
    try (InputStream content = pass.open(section)) {
      return target.holds(section, content);
    }
  }

  private void sendOne(OncePass pass, SectionTarget target, int section, Flight flight)
      throws IOException {
    long lengthBytes = pass.lengthOf(section);
    boolean last = section == pass.sections() - 1;
    if (last || !tools.partMemory().tryTake(lengthBytes)) {
      target.send(new Streaming(pass, section));
      return;
    }
    Runnable giveBack = () -> tools.partMemory().giveBack(lengthBytes);
    SectionBody body;
    try {
      body = InMemory.of(pass, section);
    } catch (IOException | RuntimeException | Error e) {
      giveBack.run();
      throw e;
    }
    flight.start(() -> target.send(body), giveBack);
  }

  /** A section that is read from the source while it is sent. */
  private record Streaming(OncePass pass, int section) implements SectionBody {
    @Override
    public long lengthBytes() {
      return pass.lengthOf(section);
    }

    @Override
    public InputStream open() throws IOException {
      return pass.open(section);
    }

    @Override
    public int crc32c() {
      return pass.checksum(section);
    }
  }

  /** A section that was read before. */
  private static final class InMemory implements SectionBody {
    private final int section;
    private final byte[] bytes;
    private final int crc32c;

    private InMemory(int section, byte[] bytes, int crc32c) {
      this.section = section;
      this.bytes = bytes;
      this.crc32c = crc32c;
    }

    static InMemory of(OncePass pass, int section) throws IOException {
      byte[] bytes = new byte[Math.toIntExact(pass.lengthOf(section))];
      try (InputStream in = pass.open(section)) {
        in.readNBytes(bytes, 0, bytes.length);
      }
      return new InMemory(section, bytes, pass.checksum(section));
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
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public int crc32c() {
      return crc32c;
    }
  }

  private interface Task {
    void run() throws StoreException;
  }
}
