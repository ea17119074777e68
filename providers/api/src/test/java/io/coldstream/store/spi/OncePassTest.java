package io.coldstream.store.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ObjectSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OncePassTest {

  private final byte[] content = "abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.UTF_8);
  private final ByteArrayOutputStream fed = new ByteArrayOutputStream();
  private int approvals;

  @Test
  void everyByteIsFedOnceHoweverOftenItIsSent() throws IOException {
    try (OncePass pass = new OncePass(source(26), 10)) {
      assertThat(pass.open(0).readNBytes(4)).asString().isEqualTo("abcd");
      assertThat(pass.open(0).readNBytes(2)).asString().isEqualTo("ab");
      assertThat(pass.open(0).readAllBytes()).asString().isEqualTo("abcdefghij");
      assertThat(pass.open(1).readAllBytes()).asString().isEqualTo("klmnopqrst");
      assertThat(pass.open(0).readAllBytes()).asString().isEqualTo("abcdefghij");
      assertThat(pass.open(2).readAllBytes()).asString().isEqualTo("uvwxyz");
      assertThat(pass.open(2).readAllBytes()).asString().isEqualTo("uvwxyz");
      assertThat(fed.toByteArray()).isEqualTo(content);
      assertThat(approvals).isEqualTo(1);
      assertThat(pass.failure()).isEmpty();
      assertThat(pass.checksum(1)).isEqualTo(crc("klmnopqrst"));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 1", "1, 10, 1", "10, 10, 1", "11, 10, 2", "26, 10, 3", "26, 100, 1"})
  void sectionsAreCountedWithALastShorterOne(int length, int section, int sections) {
    try (OncePass pass = new OncePass(source(length), section)) {
      assertThat(pass.sections()).isEqualTo(sections);
      assertThat(pass.lengthOf(sections - 1)).isEqualTo(length - (sections - 1) * (long) section);
    }
  }

  @Test
  void theLastBytesAreWithheldUntilApproval() throws IOException {
    ObjectSource refused = new Source(content, 26) {
      @Override
      void approve() throws IOException {
        throw new IOException("MD5 differs");
      }
    };
    try (OncePass pass = new OncePass(refused, 20)) {
      pass.open(0).readAllBytes();
      InputStream last = pass.open(1);
      assertThat(last.read()).isEqualTo('u');
      assertThatIOException().isThrownBy(() -> last.read(new byte[100])).withMessage("MD5 differs");
      assertThat(pass.failure()).get().extracting(Throwable::getMessage).isEqualTo("MD5 differs");
      assertThatIOException().isThrownBy(() -> pass.open(1)).withMessage("MD5 differs");
    }
  }

  @Test
  void anEmptySourceIsApprovedWhenItIsOpened() throws IOException {
    try (OncePass pass = new OncePass(source(0, 0), 10)) {
      assertThat(pass.open(0).read()).isEqualTo(-1);
      assertThat(approvals).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"27, ends after 26 bytes", "25, longer than the 25 bytes", "0, longer than the 0"})
  void aWrongLengthOfTheSourceIsDetected(int told, String message) {
    try (OncePass pass = new OncePass(source(told), 100)) {
      assertThatIOException()
          .isThrownBy(() -> pass.open(0).readAllBytes())
          .withMessageContaining(message);
      assertThat(approvals).isZero();
      assertThat(pass.failure()).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 20, 1", "0, 20, 19", "7, 8, 7"})
  void aSourceThatChangesBetweenTwoReadsIsDetected(int changed, int readBefore, int handedOut)
      throws IOException {
    try (OncePass pass = new OncePass(source(20), 20)) {
      pass.open(0).readNBytes(readBefore);
      content[changed] ^= 1;
      InputStream again = pass.open(0);
      byte[] before = again.readNBytes(Math.min(handedOut, readBefore - 1));
      assertThat(before).hasSizeLessThan(readBefore);
      assertThatIOException()
          .isThrownBy(again::readAllBytes)
          .withMessageContaining("changed between two reads of bytes 0 to " + readBefore);
    }
  }

  @Test
  void theFirstFailureOfTheSourceIsKept() {
    RuntimeException bug = new IllegalArgumentException("bug");
    ObjectSource broken = new Source(content, 26) {
      @Override
      public InputStream open(long offsetBytes) {
        throw bug;
      }
    };
    try (OncePass pass = new OncePass(broken, 10)) {
      assertThatThrownBy(() -> pass.open(0)).isInstanceOf(IOException.class).hasCause(bug);
      assertThat(pass.failure()).isPresent();
    }
  }

  @Test
  void sectionsOpenInOrderAndOneAtATime() throws IOException {
    try (OncePass pass = new OncePass(source(26), 10)) {
      assertThatIllegalStateException().isThrownBy(() -> pass.open(1));
      assertThatIllegalStateException().isThrownBy(() -> pass.checksum(0));
      InputStream first = pass.open(0);
      pass.open(0);
      assertThatIOException().isThrownBy(first::read).withMessageContaining("opened again");
      assertThat(pass.failure()).isEmpty();
    }
  }

  private static int crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  private ObjectSource source(long told) {
    return source(told, told == 20 ? 20 : 26);
  }

  private ObjectSource source(long told, int real) {
    return new Source(content, told) {
      @Override
      public InputStream open(long offsetBytes) {
        return new ByteArrayInputStream(content, (int) offsetBytes, real - (int) offsetBytes);
      }
    };
  }

  private class Source implements ObjectSource {
    private final byte[] bytes;
    private final long told;

    Source(byte[] bytes, long told) {
      this.bytes = bytes;
      this.told = told;
    }

    @Override
    public long lengthBytes() {
      return told;
    }

    @Override
    public InputStream open(long offsetBytes) {
      return new ByteArrayInputStream(bytes, (int) offsetBytes, bytes.length - (int) offsetBytes);
    }

    void approve() throws IOException {
      approvals++;
    }

    @Override
    public Pass begin() {
      return new Pass() {
        @Override
        public void accept(byte[] from, int offset, int length) {
          fed.write(from, offset, length);
        }

        @Override
        public void approve() throws IOException {
          Source.this.approve();
        }
      };
    }
  }
}
