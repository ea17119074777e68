package io.coldstream.store.gcs.emulator;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** Bodies of answers that do not arrive as they were meant. */
final class AlteredBody {

  private AlteredBody() {}

  /** Ends early; a body that promised more ends with the connection. */
  record Short(Answer.Body whole, long bytes, OptionalLong length) implements Answer.Body {

    @Override
    public void writeTo(OutputStream out) throws IOException {
      try {
        whole.writeTo(new Limited(out, bytes));
      } catch (Dropped e) {
        out.flush();
        if (length.isPresent()) {
          throw e;
        }
      }
    }
  }

  /** Does something before each piece. */
  record Slow(Answer.Body whole, Faults.Step step) implements Answer.Body {

    @Override
    public OptionalLong length() {
      return whole.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      whole.writeTo(new Pieces(out, step));
    }
  }

  private static final class Limited extends FilterOutputStream {

    private long left;

    Limited(OutputStream out, long bytes) {
      super(out);
      this.left = bytes;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int now = (int) Math.min(left, length);
      out.write(bytes, offset, now);
      left -= now;
      if (now < length) {
        throw new Dropped();
      }
    }
  }

  private static final class Pieces extends FilterOutputStream {

    private static final int PIECE = 64 << 10;
    private final Faults.Step step;

    Pieces(OutputStream out, Faults.Step step) {
      super(out);
      this.step = step;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; done += PIECE) {
        Faults.run(step);
        out.write(bytes, offset + done, Math.min(PIECE, length - done));
        out.flush();
      }
    }
  }
}
