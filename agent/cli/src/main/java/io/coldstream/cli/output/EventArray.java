package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of a document, as JSON in memory. One event may take 16 MiB in the log, and several times
 * that in JSON: the text is kept in pieces, and printed as it is in the place of an empty array.
 */
public final class EventArray extends OutputStream {

  /** A field of the document; in a text the quotation marks would be escaped. */
  private static final String PLACE = "\"events\" : [ ]";

  private static final int PIECE_BYTES = 1 << 20;

  private final int maxBytes;
  private final List<byte[]> pieces = new ArrayList<>();
  private long bytes;
  private boolean begun;

  /**
   * An empty array.
   *
   * @param maxBytes how long it may become; a single event may be longer
   */
  public EventArray(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A result with such an array in its field {@code events}. */
  public interface Holder {

    /** {@return the array} */
    EventArray events();
  }

  /** Thrown when a further event makes the array too long. */
  public static final class Full extends IOException {
    private static final long serialVersionUID = 1L;

    private Full(int maxBytes) {
      super("more than " + maxBytes + " bytes");
    }
  }

  /**
   * Begins an event, which is then written as a line.
   *
   * @throws Full when there is no room for another
   */
  public void begin() throws Full {
    begun = bytes > 0;
    if (begun) {
      bytes--; // the line feed of the one before
      byte[] separator = ",\n".getBytes(StandardCharsets.UTF_8);
      write(separator, 0, separator.length);
    }
  }

  @Override
  public void write(int b) throws Full {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws Full {
    if (begun && bytes + length > maxBytes) {
      throw new Full(maxBytes);
    }
    for (int done = 0; done < length; ) {
      int piece = (int) (bytes / PIECE_BYTES);
      int at = (int) (bytes % PIECE_BYTES);
      if (piece == pieces.size()) {
        pieces.add(new byte[PIECE_BYTES]);
      }
      int count = Math.min(length - done, PIECE_BYTES - at);
      System.arraycopy(from, offset + done, pieces.get(piece), at, count);
      bytes += count;
      done += count;
    }
  }

  /** {@return what stands for the events in the document} */
  @JsonValue
  List<Object> placeholder() {
    return List.of();
  }

  /** Prints a document with the events in their place. */
  void print(String document, PrintStream out) {
    int end = document.indexOf(PLACE) + PLACE.length() - 1;
    print(out, document.substring(0, end).getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < pieces.size(); i++) {
      out.write(pieces.get(i), 0, (int) Math.min(PIECE_BYTES, bytes - (long) i * PIECE_BYTES));
    }
    print(out, document.substring(end).getBytes(StandardCharsets.UTF_8));
  }

  private static void print(PrintStream out, byte[] text) {
    out.write(text, 0, text.length);
  }
}
