package io.coldstream.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrailingMd5Test {

  private static final int BEFORE_BYTES = 1000;

  @Test
  void aFileThatEndsInItsMd5AgreesHoweverItIsFed() {
    byte[] file = file(BEFORE_BYTES);
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      TrailingMd5 md5 = new TrailingMd5();
      for (int at = 0; at < file.length; ) {
        int length = Math.min(file.length - at, random.nextInt(round < 100 ? 20 : 200));
        md5.update(file, at, length);
        at += length;
      }
      assertThat(md5.computed()).isEqualTo(md5.stated());
    }
  }

  @Test
  void anAlteredFileDoesNotAgree() {
    for (int at : new int[] {0, BEFORE_BYTES - 1, BEFORE_BYTES, BEFORE_BYTES + 15}) {
      byte[] file = file(BEFORE_BYTES);
      file[at] ^= 1;
      TrailingMd5 md5 = new TrailingMd5();
      md5.update(file, 0, file.length);
      assertThat(md5.computed()).as("byte %s", at).isNotEqualTo(md5.stated());
    }
  }

  @Test
  void aFileOfFewerBytesThanAnMd5StatesNone() {
    TrailingMd5 md5 = new TrailingMd5();
    md5.update(new byte[15], 0, 15);
    assertThat(md5.stated()).hasSize(30);
    assertThat(md5.computed()).isEqualTo(Md5.of(new byte[0]).hex());
  }

  private static byte[] file(int beforeBytes) {
    byte[] before = new byte[beforeBytes];
    new Random(7).nextBytes(before);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(before);
    file.writeBytes(Md5.of(before).bytes());
    return file.toByteArray();
  }
}
