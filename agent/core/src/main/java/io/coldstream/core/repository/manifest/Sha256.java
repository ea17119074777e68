package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest of plain bytes.
 *
 * @param hex 64 lower-case hex digits
 */
public record Sha256(String hex) {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException when it is not 64 lower-case hex digits
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Sha256 {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256: " + hex.length() + " characters");
    }
  }

  /**
   * The digest of bytes in memory.
   *
   * @param bytes the bytes
   * @return their digest
   */
  public static Sha256 of(byte[] bytes) {
    MessageDigest digest = newDigest();
    digest.update(bytes);
    return of(digest);
  }

  /**
   * The value of a digest; resets it.
   *
   * @param digest a SHA-256 in progress
   * @return its value
   */
  public static Sha256 of(MessageDigest digest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * The value of a digest so far; more bytes can be added.
   *
   * @param digest a SHA-256 in progress, made by {@link #newDigest}
   * @return its value
   */
  public static Sha256 soFar(MessageDigest digest) {
    try {
      return of((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  /**
   * Creates a digest.
   *
   * @return a new one
   */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The part that object names contain.
   *
   * @return the first 16 digits
   */
  public String first16() {
    return hex.substring(0, 16);
  }

  @JsonValue
  @Override
  public String toString() {
    return hex;
  }
}
