package io.coldstream.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.StalledException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exchanges with a peer that takes or sends next to nothing, without any connection. */
@Timeout(60)
class WatchTest {

  private static final Duration LIMIT = Duration.ofMillis(300);
  private static final Duration DRIP = Duration.ofMillis(20);

  /** Below what must move within the limit; in drips it takes longer than that. */
  private static final byte[] BYTES = new byte[250];

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final CountDownLatch cut = new CountDownLatch(1);
  private final Watch watch = new Watch(LIMIT, cut::countDown, timer);

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  @Test
  void anAnswerThatDripsIsCut() throws Exception {
    watch.start();
    InputStream answer = watch.answer(drippingAnswer(DRIP));
    assertStalls(answer::readAllBytes);
  }

  @Test
  void aPeerThatReadsTheBodyInDripsIsCut() throws Exception {
    watch.start();
    assertStalls(() -> watch.over(() -> {
      watch.feed(
          body -> {
            for (byte one : BYTES) {
              body.write(one);
            }
          },
          new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
              drip(DRIP);
            }
          });
      return null;
    }));
  }

  @Test
  void aTransportThatReadsTheBodyInDripsIsCut() throws Exception {
    watch.start();
    InputStream body = watch.body(new ByteArrayInputStream(BYTES), OptionalLong.of(BYTES.length));
    assertStalls(() -> watch.over(() -> {
      while (body.read() >= 0) {
        drip(DRIP);
      }
      return null;
    }));
  }

  @Test
  void aReaderThatPausesIsNotCut() throws Exception {
    watch.start();
    InputStream answer = watch.answer(new ByteArrayInputStream(BYTES));
    for (int i = 0; i < 3; i++) {
      assertThat(answer.read()).isZero();
      pause(LIMIT);
    }
    assertThat(answer.readAllBytes()).hasSize(BYTES.length - 3);
    assertThat(cut.getCount()).isEqualTo(1);
  }

  @Test
  void aSourceThatDripsIsNotCut() throws Exception {
    watch.start();
    InputStream body = watch.body(drippingSource(DRIP), OptionalLong.of(BYTES.length));
    assertThat(watch.<byte[]>over(body::readAllBytes)).hasSize(BYTES.length);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    watch.over(() -> {
      watch.feed(out -> drippingSource(DRIP).transferTo(out), sent);
      return null;
    });
    assertThat(sent.size()).isEqualTo(BYTES.length);
    assertThat(cut.getCount()).isEqualTo(1);
  }

  @Test
  void theAnswerHasTheWholeLimitAfterTheBodyWasSent() throws Exception {
    Watch patient = new Watch(Duration.ofSeconds(2), cut::countDown, timer);
    patient.start();
    InputStream body = patient.body(new ByteArrayInputStream(BYTES), OptionalLong.of(BYTES.length));
    patient.over(() -> {
      drip(Duration.ofMillis(1200));
      assertThat(body.readNBytes(BYTES.length)).hasSize(BYTES.length);
      drip(Duration.ofMillis(1200));
      return null;
    });
    assertThat(cut.getCount()).isEqualTo(1);
  }

  private interface Exchange {
    void run() throws IOException;
  }

  private void assertStalls(Exchange exchange) {
    StalledException stall = catchThrowableOfType(StalledException.class, exchange::run);
    assertThat(stall)
        .hasMessage("less than 1 KiB/s moved for 300 ms")
        .hasCauseInstanceOf(SocketException.class);
    assertThatThrownBy(exchange::run).isInstanceOf(IOException.class);
  }

  /** What a connection does while nothing moves: it waits, and fails when it is cut. */
  private void drip(Duration wait) throws IOException {
    try {
      if (cut.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SocketException("closed");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private InputStream drippingAnswer(Duration wait) {
    return new ReadingStream(
        (bytes, offset, length) -> {
          drip(wait);
          return 1;
        },
        () -> {});
  }

  /** A source of ours: it does not notice that anything is cut. */
  private static InputStream drippingSource(Duration wait) {
    ByteArrayInputStream source = new ByteArrayInputStream(BYTES);
    return new ReadingStream(
        (bytes, offset, length) -> {
          pause(wait);
          return source.read(bytes, offset, Math.min(10, length));
        },
        source);
  }

  private static void pause(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
