package io.coldstream.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Data or metadata of an event, written into a line of JSON piece by piece: it may be 16 MiB.
 *
 * @param bytes what the record holds
 * @param json whether its writer said that it is JSON
 */
record EventPayload(ByteBuffer bytes, boolean json) {

  /** A multiple of three: base64 has no end inside. */
  private static final int PIECE = 3 * 4096;

  /** What is nested deeper could not be read as a part of a document. */
  private static final JsonFactory PARSERS = JsonFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(500).build())
      .build();

  /** Whether it is JSON indeed: one value, in UTF-8. */
  boolean isJson() {
    if (!json || !bytes.hasRemaining()) {
      return false;
    }
    try (JsonParser tokens = PARSERS.createParser(reader())) {
      int depth = 0;
      int values = 0;
      for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        values += depth == 0 ? 1 : 0;
      }
      return values == 1;
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes JSON as it is, without blanks between values and without what a terminal would obey. */
  void writeJson(OutputStream out) throws IOException {
    Reader reader = reader();
    char[] piece = new char[PIECE];
    StringBuilder kept = new StringBuilder();
    boolean inText = false;
    boolean escaped = false;
    for (int count = reader.read(piece); count > 0; count = reader.read(piece)) {
      for (int i = 0; i < count; i++) {
        if (inText || piece[i] > ' ') {
          kept.append(piece[i]);
        }
        inText ^= piece[i] == '"' && !escaped;
        escaped = piece[i] == '\\' && !escaped;
      }
      // Both halves of a character are written together.
      int length = kept.length();
      int whole =
          length > 0 && Character.isHighSurrogate(kept.charAt(length - 1)) ? length - 1 : length;
      out.write(Printable.line(kept.substring(0, whole)).getBytes(StandardCharsets.UTF_8));
      kept.delete(0, whole);
    }
  }

  /** Writes it in base64. */
  void writeBase64(OutputStream out) throws IOException {
    InputStream in = new Input(bytes.duplicate());
    for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
      out.write(Base64.getEncoder().encode(piece));
    }
  }

  private Reader reader() {
    return new InputStreamReader(
        new Input(bytes.duplicate()),
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** Reads a buffer. */
  private static final class Input extends InputStream {
    private final ByteBuffer bytes;

    private Input(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(length, bytes.remaining());
      bytes.get(into, offset, count);
      return count;
    }
  }
}
