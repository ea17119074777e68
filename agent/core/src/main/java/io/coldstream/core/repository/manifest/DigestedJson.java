package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * The form of every JSON document that Coldstream keeps, except a page: one object, the format's
 * number first, and two last lines that hold the SHA-256 of every byte before them. So any change
 * of a single byte, in white space too, and any cut is noticed. The form is the same for every
 * format, so that a damaged number is never taken for an unknown format. {@code
 * repository-format.md} defines it.
 */
public final class DigestedJson {

  private static final String FORMAT_FIELD = "coldstream";
  private static final String DIGEST_FIELD = "sha256";
  private static final String END = "\n}\n";
  private static final int TAIL_BYTES = tail(new byte[0], 0).length;

  private DigestedJson() {}

  /**
   * Writes a document.
   *
   * @param document its fields, except the format and the digest
   * @return its bytes, closed by its digest
   */
  public static byte[] write(Record document) {
    ObjectNode node = Json.object().put(FORMAT_FIELD, Manifest.FORMAT);
    byte[] plain = Json.document(node.setAll(Json.fields(document)));
    byte[] separator = ",\n".getBytes(StandardCharsets.US_ASCII);
    int covered = plain.length - END.length() + separator.length;
    byte[] bytes = Arrays.copyOf(plain, covered + TAIL_BYTES);
    System.arraycopy(separator, 0, bytes, covered - separator.length, separator.length);
    System.arraycopy(tail(bytes, covered), 0, bytes, covered, TAIL_BYTES);
    return bytes;
  }

  /**
   * Reads a document.
   *
   * @param bytes the document
   * @param name its name, for messages
   * @param type the record that it becomes: its fields, except the format and the digest
   * @param <T> that record
   * @return the value
   * @throws UnknownFormatException when it is whole and of another format
   * @throws FormatException when it is damaged or not what it must be
   */
  public static <T> T read(byte[] bytes, String name, Class<T> type) throws FormatException {
    int covered = bytes.length - TAIL_BYTES;
    if (covered < 0
        || !Arrays.equals(bytes, covered, bytes.length, tail(bytes, covered), 0, TAIL_BYTES)) {
      throw new FormatException(
          name + " is damaged: its content does not match the SHA-256 in its last lines");
    }
    ObjectNode fields = Json.parse(bytes, name);
    JsonNode format = fields.path(FORMAT_FIELD);
    if (!format.isIntegralNumber() || !format.canConvertToLong()) {
      throw new FormatException(
          name + ": field \"" + FORMAT_FIELD + "\" is not a whole number of 64 bits");
    }
    if (format.longValue() != Manifest.FORMAT) {
      throw new UnknownFormatException(name, format.longValue());
    }
    return Json.bind(fields.remove(List.of(FORMAT_FIELD, DIGEST_FIELD)), name, type);
  }

  /** The last lines of a document that begins with so many bytes. */
  private static byte[] tail(byte[] bytes, int covered) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(bytes, 0, covered);
    return ("  \"" + DIGEST_FIELD + "\" : \"" + Sha256.of(digest) + "\"" + END)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
