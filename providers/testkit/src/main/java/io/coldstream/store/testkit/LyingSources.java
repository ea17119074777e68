package io.coldstream.store.testkit;

import io.coldstream.store.ObjectSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Sources that are not what they say, each built on a true one. No adapter may publish any. */
public final class LyingSources {

  private LyingSources() {}

  /** What a source does instead of giving its byte at an offset. */
  public interface Event {
    /**
     * Happens once in each stream that reaches the offset.
     *
     * @throws IOException when the stream fails here
     */
    void happen() throws IOException;
  }

  /**
   * Content that ends before the length it says.
   *
   * @param lengthBytes what it says
   * @param missingBytes how many bytes it lacks
   * @return the source; its pass approves whatever it is given
   */
  public static ObjectSource tooShort(long lengthBytes, long missingBytes) {
    return new Disguised(lengthBytes, new RandomSource(1, lengthBytes - missingBytes));
  }

  /**
   * Content that is longer than the length it says.
   *
   * @param lengthBytes what it says
   * @param surplusBytes how many bytes follow
   * @return the source; its pass approves whatever it is given
   */
  public static ObjectSource tooLong(long lengthBytes, long surplusBytes) {
    return new Disguised(lengthBytes, new RandomSource(1, lengthBytes + surplusBytes));
  }

  /**
   * Content to which something happens at an offset: a breakage, an interrupt, a crash.
   *
   * @param source the content
   * @param atByte where, below its length; every stream that gets there meets it
   * @param event what happens before the byte there is given
   * @return the source
   */
  public static ObjectSource meeting(ObjectSource source, long atByte, Event event) {
    return new Filtered(source) {
      @Override
      public InputStream open(long offsetBytes) throws IOException {
        return new Meeting(super.open(offsetBytes), atByte - offsetBytes, event);
      }
    };
  }

  /**
   * Content that cannot be read beyond an offset.
   *
   * @param source the content
   * @param atByte where it breaks, below its length
   * @return the source
   */
  public static ObjectSource breaking(ObjectSource source, long atByte) {
    return meeting(source, atByte, () -> {
      throw new IOException("planned: the source breaks at byte " + atByte);
    });
  }

  /**
   * Content that cannot be opened.
   *
   * @param lengthBytes what it says
   * @return the source
   */
  public static ObjectSource unopenable(long lengthBytes) {
    return new Filtered(new RandomSource(1, lengthBytes)) {
      @Override
      public InputStream open(long offsetBytes) throws IOException {
        throw new IOException("planned: the source cannot be opened");
      }
    };
  }

  /**
   * Content whose pass refuses when it is asked for approval.
   *
   * @param source the content
   * @return the source
   */
  public static ObjectSource refusing(ObjectSource source) {
    return refusing(source, Long.MAX_VALUE);
  }

  /**
   * Content whose pass refuses at a byte.
   *
   * @param source the content
   * @param atByte which; beyond the end it refuses when asked for approval
   * @return the source
   */
  public static ObjectSource refusing(ObjectSource source, long atByte) {
    return new Filtered(source) {
      @Override
      public Pass begin() {
        return new Refusing(super.begin(), atByte);
      }
    };
  }

  private static class Filtered implements ObjectSource {
    private final ObjectSource source;

    Filtered(ObjectSource source) {
      this.source = source;
    }

    @Override
    public long lengthBytes() {
      return source.lengthBytes();
    }

    @Override
    public InputStream open(long offsetBytes) throws IOException {
      return source.open(offsetBytes);
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

  private record Disguised(long lengthBytes, RandomSource truth) implements ObjectSource {
    @Override
    public InputStream open(long offsetBytes) {
      return truth.open(Math.min(offsetBytes, truth.lengthBytes()));
    }

    @Override
    public Pass begin() {
      return new Approving();
    }
  }

  private static final class Approving implements ObjectSource.Pass {
    @Override
    public void accept(byte[] bytes, int offset, int length) {
      // A length is for the store to find out.
    }

    @Override
    public void approve() {
      // As above.
    }
  }

  private static final class Refusing implements ObjectSource.Pass {
    private final ObjectSource.Pass pass;
    private final long atByte;
    private long seen;

    Refusing(ObjectSource.Pass pass, long atByte) {
      this.pass = pass;
      this.atByte = atByte;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) throws IOException {
      pass.accept(bytes, offset, length);
      seen += length;
      if (seen > atByte) {
        throw new IOException("planned: the pass refuses byte " + atByte);
      }
    }

    @Override
    public void approve() throws IOException {
      pass.approve();
      throw new IOException("planned: the pass refuses to approve");
    }
  }

  private static final class Meeting extends FilterInputStream {
    private final Event event;
    private long left;

    Meeting(InputStream in, long left, Event event) {
      super(in);
      this.left = left;
      this.event = event;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        left = -1;
        event.happen();
      }
      int count = in.read(bytes, offset, left > 0 ? (int) Math.min(length, left) : length);
      left -= left > 0 ? Math.max(0, count) : 0;
      return count;
    }
  }
}
