package io.coldstream.store.decorate;

import static io.coldstream.store.decorate.ScriptedStore.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResumedReadTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1));

  private final ScriptedStore script = new ScriptedStore();
  private final List<Duration> waits = new ArrayList<>();
  private final RetryingStore store = new RetryingStore(script, POLICY, new Random(1), waits::add);

  ResumedReadTest() {
    script.bytes = "0123456789".getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aBrokenReadResumesAtItsByteFromTheSameVersion() throws IOException {
    script.breaks.addAll(List.of(4, 3));
    assertThat(read(ByteRange.WHOLE)).isEqualTo("0123456789");
    assertThat(script.calls)
        .containsExactly("read from 0 of any", "read from 4 of v1", "read from 7 of v1");
    assertThat(script.openBodies).isZero();
  }

  @Test
  void aResumedReadKeepsItsRange() throws IOException {
    script.breaks.addAll(List.of(2, 1));
    assertThat(read(ByteRange.of(3, 5))).isEqualTo("34567");
    assertThat(script.calls)
        .containsExactly("read from 3 of any", "read from 5 of v1", "read from 6 of v1");
  }

  @Test
  void aCleanEarlyEndCountsAsABreak() throws IOException {
    script.breaks.add(-6);
    assertThat(read(ByteRange.WHOLE)).isEqualTo("0123456789");
    assertThat(script.calls).hasSize(2);
  }

  @Test
  void progressResetsTheCountOfAttempts() throws IOException {
    script.breaks.addAll(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1));
    assertThat(read(ByteRange.WHOLE)).isEqualTo("0123456789");
  }

  @Test
  void aStoreThatDripsBeforeItStallsMakesNoProgress() {
    script.stallBytes = 4;
    script.breaks.addAll(List.of(3, 3, 3, 3));
    StoreException thrown = failure();
    assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(thrown).hasMessageContaining("gave up after 3 attempts");
    assertThat(script.calls)
        .containsExactly("read from 0 of any", "read from 3 of v1", "read from 6 of v1");
  }

  @Test
  void aStoreThatSendsMuchBeforeItStallsMakesProgress() throws IOException {
    script.stallBytes = 2;
    script.breaks.addAll(List.of(2, 2, 2, 2));
    assertThat(read(ByteRange.WHOLE)).isEqualTo("0123456789");
  }

  @Test
  void attemptsWithoutProgressAreLimited() {
    script.breaks.addAll(List.of(5, 0, 0, 0));
    StoreException thrown = failure();
    assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(thrown).hasMessageContaining("gave up after 3 attempts");
    assertThat(script.calls).hasSize(3);
    assertThat(script.openBodies).isZero();
  }

  @Test
  void aFailureToReopenCountsAsAnAttempt() throws IOException {
    ObjectContent content = opened(3);
    script.failing(Kind.UNAVAILABLE);
    assertThat(text(content)).isEqualTo("0123456789");
    assertThat(script.calls).hasSize(3);
    assertThat(waits).hasSize(2);
  }

  @Test
  void aReplacedObjectIsNeverMixedWithTheFirst() throws IOException {
    ObjectContent content = opened(3);
    script.version = "v2";
    StoreException thrown = failure(content);
    assertThat(thrown.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(thrown).hasMessageContaining("replaced while being read");
    assertThat(script.calls).containsExactly("read from 0 of any", "read from 3 of v1", "stat");
  }

  @Test
  void aRemovedObjectIsNotFound() throws IOException {
    ObjectContent content = opened(3);
    script.there = false;
    assertThat(failure(content).kind()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void aBodyThatIsCorruptIsNotReadAgain() {
    script.breakKind = Kind.CORRUPT;
    script.breaks.add(5);
    assertThat(failure().kind()).isEqualTo(Kind.CORRUPT);
    assertThat(script.calls).hasSize(1);
  }

  @Test
  void anEmptyObjectIsReadWithoutAnotherRequest() throws IOException {
    script.bytes = new byte[0];
    assertThat(read(ByteRange.WHOLE)).isEmpty();
    assertThat(script.calls).hasSize(1);
  }

  @Test
  void aBreakAfterTheLastByteIsIgnored() throws IOException {
    script.breaks.add(10);
    assertThat(read(ByteRange.WHOLE)).isEqualTo("0123456789");
    assertThat(script.calls).hasSize(1);
  }

  @Test
  void aFailureAtTheEndOfTheBodyIsPassedOn() {
    script.breakKind = Kind.CORRUPT;
    script.breaks.add(10);
    assertThat(failure().kind()).isEqualTo(Kind.CORRUPT);
  }

  @Test
  void anInterruptedReadIsNotResumed() {
    script.breaks.add(5);
    StoreException thrown;
    try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      assertThat(content.stream().readNBytes(5)).hasSize(5);
      Thread.currentThread().interrupt();
      thrown = failure(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(script.calls).hasSize(1);
  }

  @Test
  void aClosedReadReturnsNoBytes() throws IOException {
    ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty());
    content.close();
    assertThat(failure(content).kind()).isEqualTo(Kind.REJECTED);
    assertThat(script.openBodies).isZero();
  }

  private ObjectContent opened(int breaksAfter) throws StoreException {
    script.breaks.add(breaksAfter);
    return store.read(NAME, ByteRange.WHOLE, Optional.empty());
  }

  private String read(ByteRange range) throws IOException {
    return text(store.read(NAME, range, Optional.empty()));
  }

  private static String text(ObjectContent content) throws IOException {
    try (content;
        InputStream in = content.stream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private StoreException failure() {
    try {
      return failure(store.read(NAME, ByteRange.WHOLE, Optional.empty()));
    } catch (StoreException e) {
      throw new AssertionError("failed too early", e);
    }
  }

  private static StoreException failure(ObjectContent content) {
    StoreException thrown =
        catchThrowableOfType(StoreException.class, () -> content.stream().readAllBytes());
    assertThat(thrown).isNotNull();
    return thrown;
  }
}
