package io.coldstream.store.testkit;

import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.testkit.Fault.Moment;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Bodies that break off in their middle when the plan of a {@link FaultyStore} says so. */
final class FaultyBodies {

  private FaultyBodies() {}

  /** A read's content. */
  record Content(ObjectContent content, InputStream stream) implements ObjectContent {

    Content(ObjectContent content, long lengthBytes, FaultyStore.Outcome outcome)
        throws StoreException {
      this(content, new Breaking(content.stream(), lengthBytes / 2, outcome, e -> {}));
      if (lengthBytes < 2) {
        outcome.failIf(Moment.HALFWAY);
      }
    }

    @Override
    public StoredObject object() {
      return content.object();
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /** A put's source. */
  static final class Source implements ObjectSource {
    private final ObjectSource source;
    private final FaultyStore.Outcome outcome;
    private volatile Optional<StoreException> planned = Optional.empty();

    Source(ObjectSource source, FaultyStore.Outcome outcome) throws StoreException {
      this.source = source;
      this.outcome = outcome;
      if (source.lengthBytes() < 2) {
        outcome.failIf(Moment.HALFWAY);
      }
    }

    /** The planned failure, once the source has broken off with it. */
    Optional<StoreException> planned() {
      return planned;
    }

    @Override
    public long lengthBytes() {
      return source.lengthBytes();
    }

    @Override
    public InputStream open(long offsetBytes) throws IOException {
      long whole = Math.max(0, source.lengthBytes() / 2 - offsetBytes);
      return new Breaking(source.open(offsetBytes), whole, outcome, e -> planned = Optional.of(e));
    }

    @Override
    public InputStream sending(InputStream body) {
      return source.sending(body);
    }

    @Override
    public Pass begin() {
      return source.begin();
    }
  }

  private interface Told {
    void of(StoreException planned);
  }

  private static final class Breaking extends FilterInputStream {
    private final FaultyStore.Outcome outcome;
    private final Told told;
    private long wholeBytes;

    Breaking(InputStream in, long wholeBytes, FaultyStore.Outcome outcome, Told told) {
      super(in);
      this.wholeBytes = wholeBytes;
      this.outcome = outcome;
      this.told = told;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      outcome.crashIfDead();
      if (!outcome.isAt(Moment.HALFWAY) || length == 0) {
        return in.read(bytes, offset, length);
      }
      if (wholeBytes == 0) {
        StoreException planned = outcome.failure();
        told.of(planned);
        throw planned;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, wholeBytes));
      wholeBytes -= Math.max(0, count);
      return count;
    }
  }
}
