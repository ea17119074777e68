package io.coldstream.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of a key's file. */
class PemKeyTest {

  /** Where the PKCS#1 key begins in a PKCS#8 key of RSA with 1,024 bits or more. */
  private static final int RSA_OFFSET = 26;

  private static PrivateKey made(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END " + type + "-----\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void aKeyInPkcs8IsRead(String algorithm) throws GeneralSecurityException {
    PrivateKey key = made(algorithm);

    assertThat(PemKey.parse("text before\n" + pem("PRIVATE KEY", key.getEncoded())))
        .isEqualTo(key);
  }

  @Test
  void aKeyInPkcs1IsRead() throws GeneralSecurityException {
    PrivateKey key = made("RSA");
    byte[] pkcs8 = key.getEncoded();

    String pem = pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, RSA_OFFSET, pkcs8.length));

    assertThat(PemKey.parse(pem)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENCRYPTED PRIVATE KEY | AAAA                                 | openssl pkcs8 -topk8",
        "RSA PRIVATE KEY       | Proc-Type: 4,ENCRYPTED               | openssl pkcs8 -topk8",
        "EC PRIVATE KEY        | AAAA                                 | openssl pkcs8 -topk8",
        "PRIVATE KEY           | AAAA                                 | is damaged",
        "RSA PRIVATE KEY       | AAAA                                 | is damaged",
        "PRIVATE KEY           | AAAAA                                | damaged private key",
        "CERTIFICATE           | AAAA                                 | no private key in PEM form"
      })
  void anotherFormIsToldWithoutTheKey(String type, String content, String said) {
    String pem = "-----BEGIN " + type + "-----\n" + content + "\n-----END " + type + "-----\n";

    assertThatThrownBy(() -> PemKey.parse(pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining("AAAA");
  }
}
