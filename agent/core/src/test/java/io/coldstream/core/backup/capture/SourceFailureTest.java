package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceFailureTest {

  @AfterEach
  void forget() {
    Thread.interrupted();
  }

  @Test
  void aTimeOutOfTheNetworkIsTheStoresFailure() throws Exception {
    StoreException timeOut = new StoreException(
        StoreException.Kind.UNAVAILABLE, "put x", new SocketTimeoutException("Read timed out"));
    RunException failure = SourceFailure.of(timeOut, "chunk");
    assertThat(failure.kind()).isEqualTo(RunException.Kind.STORE_UNAVAILABLE);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void whatStoppedTheReadingStopsTheRun() {
    List<IOException> stops =
        List.of(new ReadStopped("chunk: stopped"), new ClosedByInterruptException());
    for (IOException stop : stops) {
      StoreException failure =
          new StoreException(StoreException.Kind.SOURCE_UNREADABLE, "put x", stop);
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> SourceFailure.of(failure, "chunk"));
    }
  }

  @Test
  void anInterruptedThreadStopsTheRunWhateverFailed() {
    StoreException failure = new StoreException(
        StoreException.Kind.UNAVAILABLE, "put x", new SocketTimeoutException("Read timed out"));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> SourceFailure.of(failure, "chunk"));
  }
}
