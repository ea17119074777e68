package io.coldstream.eventstore.testing.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * Builds bytes the way the database writes them: numbers little-endian, GUIDs in .NET order, text
 * with its byte count in front ({@code database-files.md#s0}, {@code database-files.md#s5}). Not
 * safe for several threads.
 */
public final class Bytes {

  private byte[] buffer = new byte[256];
  private int length;

  /** Appends one byte. */
  public Bytes u8(int value) {
    room(1);
    buffer[length++] = (byte) value;
    return this;
  }

  /** Appends two bytes. */
  public Bytes i16(int value) {
    return u8(value).u8(value >> 8);
  }

  /** Appends four bytes. */
  public Bytes i32(int value) {
    return i16(value).i16(value >> 16);
  }

  /** Appends eight bytes. */
  public Bytes i64(long value) {
    return i32((int) value).i32((int) (value >> 32));
  }

  /** Appends 16 bytes: the first three groups byte-swapped against the text form. */
  public Bytes guid(UUID id) {
    long high = id.getMostSignificantBits();
    i32((int) (high >> 32)).i16((int) (high >> 16)).i16((int) high);
    long low = id.getLeastSignificantBits();
    for (int shift = 56; shift >= 0; shift -= 8) {
      u8((int) (low >> shift));
    }
    return this;
  }

  /** Appends text: the count of its UTF-8 bytes in ULEB128, then those. */
  public Bytes text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int count = utf8.length;
    while (count >= 0x80) {
      u8(count & 0x7f | 0x80);
      count >>= 7;
    }
    return u8(count).raw(utf8);
  }

  /** Appends bytes as they are. */
  public Bytes raw(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /** Appends zeros until {@code wanted} bytes are there. */
  public Bytes zerosTo(int wanted) {
    if (wanted < length) {
      throw new IllegalStateException(length + " bytes are more than " + wanted);
    }
    room(wanted - length);
    length = wanted;
    return this;
  }

  /** Appends the MD5 of all bytes so far. */
  public Bytes md5() {
    return raw(md5(toArray()));
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** What was appended. */
  public byte[] toArray() {
    return Arrays.copyOf(buffer, length);
  }

  /** The MD5 of the given bytes. */
  public static byte[] md5(byte[] bytes) {
    return newMd5().digest(bytes);
  }

  static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void room(int wanted) {
    if (length + wanted > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + wanted));
    }
  }
}
