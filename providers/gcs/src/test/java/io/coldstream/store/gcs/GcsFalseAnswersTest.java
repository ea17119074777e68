package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.gcs.emulator.Answer;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.testkit.RandomSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers with status 200 that are not the store's: none is accepted, and no object becomes wrong. */
class GcsFalseAnswersTest {

  private static final String NAME = "chunks/a";
  private static final RandomSource SMALL = new RandomSource(1, 1000);

  /** Six parts and five bytes: seven requests. */
  private static final RandomSource LARGE = new RandomSource(2, 6L * PART_BYTES + 5);

  private final GcsServer server = OnServer.server();

  /** What comes instead of an answer. */
  private enum Told {
    ERROR(Answer.error(200, "backendError", "We encountered an internal error.")),
    PAGE(Answer.bytes(200, "text/html", "<html>down</html>".getBytes(StandardCharsets.UTF_8))),
    NOTHING(Answer.empty(200));

    private final Answer answer;

    Told(Answer answer) {
      this.answer = answer;
    }
  }

  @AfterEach
  void end() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Told.class)
  void aFalseAnswerDoesNotConfirmASmallObject(Told told) throws Exception {
    instead("POST", 1, told);
    assertNotBelieved(SMALL);
  }

  @ParameterizedTest
  @EnumSource(Told.class)
  void aFalseAnswerBeginsNoSession(Told told) throws Exception {
    instead("POST", 1, told);
    assertNotBelieved(LARGE);
  }

  @ParameterizedTest
  @EnumSource(Told.class)
  void aFalseAnswerConfirmsNoPart(Told told) throws Exception {
    instead("PUT", 2, told);
    assertNotBelieved(LARGE);
    assertThat(server.log().count("POST", "/upload/")).as("sessions begun").isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Told.class)
  void aFalseAnswerCompletesNoObject(Told told) throws Exception {
    instead("PUT", 7, told);
    assertNotBelieved(LARGE);
  }

  @ParameterizedTest
  @EnumSource(Told.class)
  void aFalseAnswerSaysNothingOfASession(Told told) throws Exception {
    server.faults().add(When.request("PUT", "/upload/").from(3), Faults.drop());
    instead("PUT", 4, told);
    try (ObjectStore store = OnServer.store(server)) {
      assertUnavailable(() -> Puts.put(store, NAME, LARGE));
      assertUnavailable(() -> Puts.put(store, NAME, LARGE));
      assertThat(Puts.names(store)).isEmpty();
      Puts.put(store, NAME, LARGE);
      Puts.assertHoldsOnly(store, NAME, LARGE);
    }
    assertThat(server.log().count("POST", "/upload/")).as("sessions begun").isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Told.class)
  void aFalseAnswerDoesNotSettleALostAnswer(Told told) throws Exception {
    server.faults().add(When.request("PUT", "/upload/").from(7), Faults.drop());
    instead("PUT", 8, told);
    assertNotBelieved(LARGE);
  }

  @ParameterizedTest
  @EnumSource(Told.class)
  void anObjectThatWasCreatedDespiteAFalseAnswerIsFound(Told told) throws Exception {
    server.faults().add(When.request("PUT", "/upload/").from(7), Faults.answerAfter(told.answer));
    RetryPolicy policy =
        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1));
    try (ObjectStore store =
        new RetryingStore(OnServer.store(server), policy, new Random(1), wait -> {})) {
      assertThat(Puts.put(store, NAME, LARGE).lengthBytes()).isEqualTo(LARGE.lengthBytes());
      Puts.assertHoldsOnly(store, NAME, LARGE);
    }
    assertThat(server.log().count("POST", "/upload/")).as("sessions begun").isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Told.class)
  void aFalseAnswerConfirmsNoDelete(Told told) throws Exception {
    server.faults().add(When.request("POST", "/batch/"), Faults.answer(told.answer));
    try (ObjectStore store = OnServer.store(server)) {
      Puts.put(store, NAME, SMALL);
      List<ObjectName> doomed = List.of(new ObjectName(NAME));
      assertUnavailable(() -> store.delete(doomed));
      Puts.assertHoldsOnly(store, NAME, SMALL);
      store.delete(doomed);
      assertThat(Puts.names(store)).isEmpty();
    }
  }

  private void instead(String method, int number, Told told) {
    server.faults().add(When.request(method, "/upload/").from(number), Faults.answer(told.answer));
  }

  /** A put fails, leaves nothing to be seen, and the next one holds. */
  private void assertNotBelieved(RandomSource source) throws Exception {
    try (ObjectStore store = OnServer.store(server)) {
      assertUnavailable(() -> Puts.put(store, NAME, source));
      assertThat(Puts.names(store)).isEmpty();
      Puts.put(store, NAME, source);
      Puts.assertHoldsOnly(store, NAME, source);
    }
    assertThat(server.openSessions()).isZero();
  }

  private static void assertUnavailable(ThrowingCallable call) {
    StoreException failure = Failures.of(call, "upload_id");
    assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.UNAVAILABLE);
  }
}
