package io.coldstream.store.decorate;

import static io.coldstream.store.decorate.ScriptedStore.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Each attempt that another one follows is one line at DEBUG. */
class RetryLogTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Logger logger = logger(Retries.class);
  private final ScriptedStore script = new ScriptedStore();
  private final OwnLines lines = new OwnLines();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void aRetryNamesAttemptKindFailureAndWait() throws StoreException {
    script.failing(Kind.UNAVAILABLE, Kind.UNAVAILABLE);

    store().stat(NAME);

    assertThat(lines.kept)
        .containsExactly(
            "DEBUG attempt 1 of 3 failed (UNAVAILABLE): scripted UNAVAILABLE; the next one follows in 7 ms",
            "DEBUG attempt 2 of 3 failed (UNAVAILABLE): scripted UNAVAILABLE; the next one follows in 7 ms");
  }

  @Test
  void aFailureThatIsThrownIsNotLogged() {
    script.failing(Kind.ACCESS_DENIED);
    assertThat(catchThrowable(() -> store().stat(NAME))).isInstanceOf(StoreException.class);

    script.failing(Kind.UNAVAILABLE, Kind.UNAVAILABLE, Kind.UNAVAILABLE);
    assertThat(catchThrowable(() -> store().stat(NAME))).isInstanceOf(StoreException.class);

    assertThat(lines.kept).as("of the two that were followed").hasSize(2);
  }

  /** Waits while another thread sets the log up: until then there are only substitutes. */
  private static Logger logger(Class<?> type) {
    while (true) {
      if (LoggerFactory.getLogger(type) instanceof Logger logger) {
        return logger;
      }
      Thread.onSpinWait();
    }
  }

  private RetryingStore store() {
    Random sevenMillis = new Random() {
      @Override
      public long nextLong(long bound) {
        return Duration.ofMillis(7).toNanos();
      }
    };
    return new RetryingStore(script, POLICY, sevenMillis, wait -> {});
  }

  /** What this thread logs: other tests retry at the same time. */
  private static final class OwnLines extends AppenderBase<ILoggingEvent> {
    private final Thread own = Thread.currentThread();
    private final List<String> kept = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (Thread.currentThread().equals(own)) {
        kept.add(event.getLevel() + " " + event.getFormattedMessage());
      }
    }
  }
}
