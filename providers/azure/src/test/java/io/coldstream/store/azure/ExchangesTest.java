package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.cloud.SectionBody;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bodies on their way, without any store. */
@Timeout(60)
class ExchangesTest {

  private static final int LENGTH = 100_000;

  private final Exchanges exchanges = new Exchanges(Duration.ofSeconds(20));
  private final AtomicInteger opened = new AtomicInteger();

  @Test
  void aBodyIsSentCompletely() throws Exception {
    assertThat(exchanges.send(body(LENGTH, LENGTH), ExchangesTest::sum)).isEqualTo(LENGTH);
    assertThat(exchanges.send(body(0, 0), ExchangesTest::sum)).isZero();
    assertThat(opened).hasValue(2);
  }

  @Test
  void aBodyIsSentAgainAfterItWasSentCompletely() throws Exception {
    // As after an answer that asks for other credentials.
    int sent = exchanges.send(
        body(LENGTH, LENGTH), bytes -> bytes.then().then(Mono.defer(() -> sum(bytes))));
    assertThat(sent).isEqualTo(LENGTH);
    assertThat(opened).hasValue(2);
  }

  @Test
  void aBodyIsSentAgainAfterItWasBrokenOff() throws Exception {
    int sent = exchanges.send(
        body(LENGTH, LENGTH), bytes -> bytes.take(1).then().then(Mono.defer(() -> sum(bytes))));
    assertThat(sent).isEqualTo(LENGTH);
    assertThat(opened).hasValue(2);
  }

  @Test
  void anEarlyAnswerEndsTheUpload() throws Exception {
    String answer =
        exchanges.send(body(LENGTH, LENGTH), bytes -> bytes.take(1).then(Mono.just("no")));
    assertThat(answer).isEqualTo("no");
  }

  @Test
  void aBodyThatIsTooShortFails() {
    assertThatThrownBy(() -> exchanges.send(body(LENGTH, LENGTH - 1), ExchangesTest::sum))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void aTransportThatReadsNothingStalls() {
    Exchanges impatient = new Exchanges(Duration.ofMillis(100));
    assertThatThrownBy(() -> impatient.send(body(LENGTH, LENGTH), bytes -> Mono.never()))
        .isInstanceOf(SocketTimeoutException.class);
    assertThatThrownBy(() -> impatient.await(Mono.never()))
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void aReceivedBodyIsReadInPiecesOfAnySize() throws Exception {
    Flux<ByteBuffer> pieces = Flux.range(0, 50)
        .map(i -> ByteBuffer.wrap(new byte[] {i.byteValue(), 1, 2}).slice());
    try (InputStream in = exchanges.receive(pieces)) {
      byte[] all = in.readAllBytes();
      assertThat(all).hasSize(150);
      assertThat(all[147]).isEqualTo((byte) 49);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aClosedConnectionMakesNoCall() {
    exchanges.close();
    assertThatThrownBy(() -> exchanges.await(Mono.never())).hasMessageContaining("closed");
    assertThatThrownBy(() -> exchanges.receive(Flux.never()).read()).hasMessageContaining("closed");
  }

  private static Mono<Integer> sum(Flux<ByteBuffer> bytes) {
    return bytes.reduce(0, (sum, piece) -> sum + piece.remaining());
  }

  private SectionBody body(int said, int held) {
    byte[] bytes = new byte[held];
    Arrays.fill(bytes, (byte) 7);
    return new SectionBody() {
      @Override
      public int section() {
        return 0;
      }

      @Override
      public long lengthBytes() {
        return said;
      }

      @Override
      public InputStream open() {
        opened.incrementAndGet();
        return openUnsent();
      }

      @Override
      public InputStream openUnsent() {
        return new ByteArrayInputStream(bytes);
      }

      @Override
      public int crc32c() {
        return 0;
      }
    };
  }
}
