package io.coldstream.core.doctor;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A source that interrupts the reading thread in its middle, as when the process is stopped. */
final class StoppingSource implements ObjectSource {

  private final ObjectSource source;
  private final long stopAtBytes;
  private volatile boolean stopped;

  StoppingSource(ObjectSource source, long stopAtBytes) {
    this.source = source;
    this.stopAtBytes = stopAtBytes;
  }

  /**
   * Leaves an unfinished upload on the store: puts a source, and stops in its middle.
   *
   * @param breaking opens the store without retrying
   * @throws StoreException when the put failed for another reason, also when somebody else interrupted
   *     it, whose flag stays
   */
  static void breakOff(
      DoctorStores.Opener breaking, ObjectName name, ObjectSource source, long stopAtBytes)
      throws StoreException {
    StoppingSource stopping = new StoppingSource(source, stopAtBytes);
    try (ObjectStore store = breaking.open()) {
      store.put(new PutRequest(name, stopping, Placement.BULK));
      throw new IllegalStateException("a put whose source stopped has succeeded");
    } catch (StoreException e) {
      if (!stopping.stopped || e.kind() != Kind.UNAVAILABLE) {
        throw e;
      }
      Thread.interrupted(); // by the source, and over now
    }
  }

  @Override
  public long lengthBytes() {
    return source.lengthBytes();
  }

  @Override
  public InputStream open(long offsetBytes) throws IOException {
    return new Stopping(source.open(offsetBytes), offsetBytes);
  }

  @Override
  public Pass begin() {
    return source.begin();
  }

  private final class Stopping extends FilterInputStream {
    private long position;

    Stopping(InputStream in, long position) {
      super(in);
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (position >= stopAtBytes) {
        stopped = true;
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
      int read = super.read(bytes, offset, (int) Math.min(length, stopAtBytes - position));
      position += Math.max(0, read);
      return read;
    }
  }
}
