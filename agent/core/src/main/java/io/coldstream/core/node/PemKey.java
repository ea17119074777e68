package io.coldstream.core.node;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in PEM form, without a password: PKCS#8, or PKCS#1 as es-gencert-cli writes it. */
final class PemKey {

  private static final Pattern BLOCK = Pattern.compile(
      "-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** What stands before a PKCS#1 key in PKCS#8: version 0, and the algorithm rsaEncryption. */
  private static final byte[] RSA_HEADER =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int SHORT_LENGTH = 0x80;

  private PemKey() {}

  /**
   * Reads a key.
   *
   * @param pem the file's text
   * @return the key
   * @throws IllegalArgumentException when it is no key that can be used; the message says what to do,
   *     and follows the name of the file
   */
  static PrivateKey parse(String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("holds no private key in PEM form");
    }
    String type = block.group(1);
    String content = block.group(2);
    if (type.startsWith("ENCRYPTED") || content.contains("ENCRYPTED")) {
      throw convert("is encrypted with a password");
    }
    byte[] der = decoded(content);
    return switch (type) {
      case "PRIVATE KEY" -> key(der);
      case "RSA PRIVATE KEY" -> key(pkcs8(der));
      default -> throw convert("has the form \"" + type + "\"");
    };
  }

  private static IllegalArgumentException convert(String what) {
    return new IllegalArgumentException(what
        + ", which cannot be read; convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
  }

  private static byte[] decoded(String content) {
    try {
      return Base64.getMimeDecoder().decode(content.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("holds a damaged private key", e);
    }
  }

  private static byte[] pkcs8(byte[] rsa) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(RSA_HEADER);
    content.writeBytes(element(OCTET_STRING, rsa));
    return element(SEQUENCE, content.toByteArray());
  }

  /** A type, a length and a content, in DER. */
  private static byte[] element(int type, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(type);
    if (content.length < SHORT_LENGTH) {
      bytes.write(content.length);
    } else {
      int size = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
      bytes.write(SHORT_LENGTH + size);
      for (int i = size - 1; i >= 0; i--) {
        bytes.write(content.length >> (8 * i));
      }
    }
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  private static PrivateKey key(byte[] pkcs8) {
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        continue; // of another algorithm, or of none
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has " + algorithm, e);
      }
    }
    throw new IllegalArgumentException(
        "holds a private key that is damaged, or neither of RSA nor of an elliptic curve",
        new GeneralSecurityException("no algorithm takes it"));
  }
}
