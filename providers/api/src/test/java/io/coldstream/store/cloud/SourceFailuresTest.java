package io.coldstream.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.OncePass;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A put is stopped, or its source is bad, or neither. */
class SourceFailuresTest {

  private static final StoreException OTHERWISE =
      new StoreException(Kind.CORRUPT, "what the store said", null);

  @AfterEach
  void goOn() {
    Thread.interrupted();
  }

  private static StoreException of(IOException failure) {
    try (OncePass pass = new OncePass(new Failing(failure), 10)) {
      assertThat(catchThrowable(() -> pass.open(0))).isSameAs(failure);
      return SourceFailures.of("chunks/a", pass, OTHERWISE);
    }
  }

  static Stream<IOException> stops() {
    return Stream.of(
        new InterruptedIOException(),
        new InterruptedIOException("whatever it says"),
        new ClosedByInterruptException(),
        new IOException("wrapped", new InterruptedIOException("below")),
        new IOException("wrapped", new InterruptedException()));
  }

  @ParameterizedTest
  @MethodSource("stops")
  void aStopIsNotAFailureOfTheSource(IOException stop) {
    StoreException failure = of(stop);
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasCause(stop).hasMessageContaining("chunks/a");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aFailureOnAnInterruptedThreadIsAStop() {
    Thread.currentThread().interrupt();
    assertThat(of(new IOException("Stream closed")).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(Thread.interrupted()).isTrue();
  }

  static Stream<IOException> faults() {
    return Stream.of(
        new IOException("MD5 differs"),
        new SocketTimeoutException("Read timed out"),
        new IOException("wrapped", new SocketTimeoutException("Read timed out")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFailureOfTheSourceIsReportedInsteadOfItsConsequences(IOException fault) {
    StoreException failure = of(fault);
    assertThat(failure.kind()).isEqualTo(Kind.SOURCE_UNREADABLE);
    assertThat(failure).hasCause(fault).hasMessageContaining(fault.getMessage());
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aSourceThatIsAStoreWhichIsNotAvailableIsNeitherWrongNorStopped() {
    StoreException away = new StoreException(
        Kind.UNAVAILABLE, "read b", new InterruptedIOException("connect timed out"));
    StoreException failure = of(away);
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasCause(away).hasMessageContaining("read b");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(of(new StoreException(Kind.NOT_FOUND, "read b", null)).kind())
        .isEqualTo(Kind.SOURCE_UNREADABLE);
  }

  @Test
  void theStoresFailureIsReportedWhenTheSourceIsSound() {
    try (OncePass pass = new OncePass(Content.of(new byte[1]), 10)) {
      Thread.currentThread().interrupt();
      assertThat(SourceFailures.of("chunks/a", pass, OTHERWISE)).isSameAs(OTHERWISE);
    }
  }

  /** A byte that cannot be read. */
  private record Failing(IOException failure) implements ObjectSource {
    @Override
    public long lengthBytes() {
      return 1;
    }

    @Override
    public InputStream open(long offsetBytes) throws IOException {
      throw failure;
    }

    @Override
    public Pass begin() {
      return Content.of(new byte[1]).begin();
    }
  }
}
