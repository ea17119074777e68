package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.gcs.emulator.Answer;
import io.coldstream.store.gcs.emulator.Fault;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each way of failing becomes. */
class GcsFailuresTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final String TEXT = "text/plain";
  private static final String SECRET = "upload_id=hunter2";

  private final GcsServer server = OnServer.server();

  @AfterEach
  void end() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid, REJECTED, REJECTED",
    "401, authError, ACCESS_DENIED, ACCESS_DENIED",
    "403, forbidden, ACCESS_DENIED, ACCESS_DENIED",
    "403, rateLimitExceeded, UNAVAILABLE, UNAVAILABLE",
    "404, notFound, NOT_FOUND, REJECTED",
    "408, '', UNAVAILABLE, UNAVAILABLE",
    "409, conflict, UNAVAILABLE, UNAVAILABLE",
    "412, conditionNotMet, NOT_FOUND, ALREADY_EXISTS",
    "416, requestedRangeNotSatisfiable, REJECTED, REJECTED",
    "429, rateLimitExceeded, UNAVAILABLE, UNAVAILABLE",
    "500, backendError, UNAVAILABLE, UNAVAILABLE",
    "501, notImplemented, REJECTED, REJECTED",
    "503, backendError, UNAVAILABLE, UNAVAILABLE",
    "503, '', UNAVAILABLE, UNAVAILABLE",
    "301, '', REJECTED, REJECTED",
  })
  void translatesEveryAnswer(int status, String reason, Kind reading, Kind putting)
      throws Exception {
    Answer answer = reason.isEmpty()
        ? Answer.text(status, SECRET)
        : Answer.error(status, reason, "see https://host/o?" + SECRET + " for more");
    strike(Faults.answer(answer));
    try (ObjectStore store = OnServer.store(server)) {
      StoreException read = failure(() -> read(store));
      StoreException put = failure(() -> put(store, 100));
      StoreException large = failure(() -> put(store, 3 * OnServer.PART_BYTES));
      assertThat(read.kind()).as("%s", read).isEqualTo(reading);
      assertThat(put.kind()).as("%s", put).isEqualTo(putting);
      assertThat(large.kind()).as("%s", large).isEqualTo(putting);
      assertThat(put)
          .hasMessageStartingWith("put gs://" + OnServer.BUCKET + "/p/chunks/a: ")
          .hasMessageContaining("HTTP " + status);
      assertThat(server.log().entries())
          .as("one attempt each, and where a put is denied a look whether its name is taken")
          .hasSize(putting == Kind.ACCESS_DENIED ? 4 : 3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void aBusyServiceIsUnavailable(int status) throws Exception {
    strike(Faults.refuse(status, "backendError"));
    try (ObjectStore store = OnServer.store(server)) {
      for (ThrowingCallable call : List.<ThrowingCallable>of(
          () -> list(store), () -> store.stat(NAME), () -> store.delete(List.of(NAME)))) {
        assertThat(failure(call).kind()).isEqualTo(Kind.UNAVAILABLE);
      }
      assertThat(server.log().entries()).as("one attempt each").hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 408, 429, 500, 503})
  void everyAnswerToAPartOfALargeObjectIsTranslated(int status) throws Exception {
    server
        .faults()
        .add(When.request("PUT", "/upload/").from(2).always(), Faults.refuse(status, "x"));
    try (ObjectStore store = OnServer.store(server)) {
      assertThat(failure(() -> put(store, 3 * OnServer.PART_BYTES)).kind())
          .isEqualTo(
              switch (status) {
                case 400 -> Kind.REJECTED;
                case 403 -> Kind.ACCESS_DENIED;
                // 401 as well: the next attempt tells whether another token is a good one.
                default -> Kind.UNAVAILABLE;
              });
      assertThat(store.stat(NAME)).isEmpty();
    }
  }

  @Test
  void aMissingBucketIsReportedByEveryVerbThatCanTell() throws Exception {
    try (GcsServer empty = GcsServer.inMemory();
        ObjectStore store = OnServer.store(empty)) {
      for (ThrowingCallable call : List.<ThrowingCallable>of(
          () -> read(store),
          () -> put(store, 1),
          () -> put(store, 3 * OnServer.PART_BYTES),
          () -> store.stat(NAME),
          () -> list(store))) {
        StoreException failure = failure(call);
        assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.REJECTED);
        assertThat(failure).hasMessageContaining("there is no such bucket; create it");
      }
    }
  }

  @Test
  void retryAfterIsKeptInTheFailure() throws Exception {
    strike(Faults.answer(Answer.text(503, "busy").with("Retry-After", "17")));
    try (ObjectStore store = OnServer.store(server)) {
      assertThat(failure(() -> put(store, 1)).retryAfter()).contains(Duration.ofSeconds(17));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3 * OnServer.PART_BYTES})
  void aDroppedConnectionIsUnavailable(int length) throws Exception {
    strike(Faults.drop());
    try (ObjectStore store = OnServer.store(server)) {
      assertThat(failure(() -> put(store, length)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure(() -> read(store)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure(() -> list(store)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure(() -> store.delete(List.of(NAME))).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  void aConnectionCutWhileABodyIsSentIsUnavailable() throws Exception {
    server.faults().add(When.request("PUT", "/upload/"), Faults.cutRequest(1000));
    try (ObjectStore store = OnServer.store(server)) {
      assertThat(failure(() -> put(store, 3 * OnServer.PART_BYTES)).kind())
          .isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  void aRefusedConnectionIsUnavailable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (ObjectStore store = OnServer.store(server, "endpoint", "http://127.0.0.1:" + port)) {
      assertThat(failure(() -> put(store, 1)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3 * OnServer.PART_BYTES})
  void aStoreThatNeverAnswersIsUnavailableAfterTheTimeout(int length) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    strike(Faults.before(never::await));
    try (ObjectStore store = OnServer.store(server, "timeout", "500ms")) {
      StoreException failure = failure(() -> put(store, length));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      never.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({"POST, 1", "GET, 786432", "PUT, 786432"})
  void anInterruptEndsACallThatWaits(String method, int length) throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    server.faults().add(When.request(method, "/").always(), Faults.before(() -> {
      waits.countDown();
      never.await();
    }));
    try (ObjectStore store = OnServer.store(server)) {
      Thread waiting = Thread.currentThread();
      Thread interrupter = new Thread(() -> {
        try {
          waits.await();
        } catch (InterruptedException e) {
          return;
        }
        waiting.interrupt();
      });
      interrupter.start();
      long begun = System.nanoTime();
      StoreException failure = failure(() -> put(store, length));
      assertThat(Thread.interrupted()).as("the flag").isTrue();
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("interrupted");
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(15));
      interrupter.join();
      never.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>Log in, please", "{\"error\":{\"code\":503}}", "{}", "", "[]", "{\"a\""})
  void aSuccessWithoutAnObjectIsNotAccepted(String body) throws Exception {
    strike(Faults.answer(
        Answer.bytes(200, "application/json", body.getBytes(StandardCharsets.UTF_8))));
    try (ObjectStore store = OnServer.store(server)) {
      assertThat(failure(() -> list(store)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure(() -> store.stat(NAME)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure(() -> put(store, 1)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure(() -> store.delete(List.of(NAME))).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure(() -> read(store)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3 * OnServer.PART_BYTES})
  void aPutWhoseChecksumComesBackWrongIsCorrupt(int length) throws Exception {
    Answer other = Answer.bytes(
        200,
        "application/json",
        ("{\"size\":\"" + length + "\",\"generation\":\"1\",\"crc32c\":\"AAAAAA==\"}")
            .getBytes(StandardCharsets.UTF_8));
    String last = length == 1 ? "POST" : "PUT";
    server
        .faults()
        .add(When.request(last, "/upload/").from(length == 1 ? 1 : 3), Faults.answerAfter(other));
    try (ObjectStore store = OnServer.store(server)) {
      assertThat(failure(() -> put(store, length)).kind()).isEqualTo(Kind.CORRUPT);
    }
  }

  @Test
  void oneRefusedDeleteOfManyIsAnError() throws Exception {
    server.faults().add(When.request("DELETE", "/o/").from(2), Faults.refuse(403, "forbidden"));
    try (ObjectStore store = OnServer.store(server)) {
      put(store, 1);
      ObjectName second = new ObjectName("b");
      StoreException failure = failure(() -> store.delete(List.of(NAME, second)));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("gs://" + OnServer.BUCKET + "/p/b");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyThatEndsEarlyIsUnavailable(boolean asIfWhole) throws Exception {
    try (ObjectStore store = OnServer.store(server)) {
      put(store, 5000);
      server
          .faults()
          .add(
              When.request("GET", "/download/"),
              asIfWhole ? Faults.shortenAnswer(4000) : Faults.cutAnswer(4000));
      assertThat(failure(() -> read(store)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  void aBodyWhoseChecksumDiffersIsCorruptBeforeItsLastByte() throws Exception {
    answerReads(200, "whole", a -> a.with("x-goog-hash", "crc32c=AAAAAA==,md5=AA=="));
    try (ObjectStore store = OnServer.store(server);
        ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      assertThat(failure(() -> content.stream().readNBytes(5)).kind()).isEqualTo(Kind.CORRUPT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', 0123456789, REJECTED",
    "206, bytes 0-3/10, 0123, REJECTED",
    "206, bytes 2-5/10, 23456, CORRUPT",
    "206, bytes 2-5/5, 2345, REJECTED",
  })
  void anAnswerAboutAnotherRangeIsRefused(int status, String range, String body, Kind kind)
      throws Exception {
    answerReads(status, body, a -> a.with("Content-Range", range));
    try (ObjectStore store = OnServer.store(server)) {
      StoreException failure =
          failure(() -> store.read(NAME, ByteRange.of(2, 4), Optional.empty()));
      assertThat(failure.kind()).isEqualTo(kind);
    }
  }

  @Test
  void aReadThatIsClosedEarlyDoesNotWait() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ObjectStore store = OnServer.store(server, "timeout", "5m")) {
      put(store, 1000);
      server.faults().add(When.request("GET", "/download/"), Faults.slowAnswer(never::await));
      long begun = System.nanoTime();
      store.read(NAME, ByteRange.WHOLE, Optional.empty()).close();
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(30));
      never.countDown();
    }
  }

  @Test
  void anAnswerAboutAnotherVersionIsNotFound() throws Exception {
    answerReads(200, "x", a -> a);
    try (ObjectStore store = OnServer.store(server)) {
      for (String version : List.of("41", "an-etag")) {
        StoreException failure =
            failure(() -> store.read(NAME, ByteRange.WHOLE, Optional.of(version)));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
      }
    }
  }

  @Test
  void aCompressedObjectIsReadAsItIsStored() throws Exception {
    byte[] stored = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};
    strike(Faults.answer(Answer.bytes(200, TEXT, stored)
        .with("x-goog-generation", "42")
        .with("Content-Encoding", "gzip")));
    try (ObjectStore store = OnServer.store(server);
        ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      assertThat(content.stream().readAllBytes()).isEqualTo(stored);
    }
  }

  private void strike(Fault fault) {
    for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
      server.faults().add(When.request(method, "/").always(), fault);
    }
  }

  private void answerReads(int status, String body, Function<Answer, Answer> with) {
    strike(
        Faults.answer(with.apply(Answer.bytes(status, TEXT, body.getBytes(StandardCharsets.UTF_8))
            .with("x-goog-generation", "42"))));
  }

  private static StoreException failure(ThrowingCallable call) {
    StoreException failure = Failures.of(call);
    assertThat(Throwables.getStackTrace(failure)).doesNotContain("hunter2", "upload_id");
    return failure;
  }

  private static ListPage list(ObjectStore store) throws StoreException {
    return store.list(ObjectPrefix.ALL, ListCursor.START);
  }

  private static void read(ObjectStore store) throws IOException {
    try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      content.stream().readAllBytes();
    }
  }

  private static void put(ObjectStore store, int length) throws StoreException {
    store.put(new PutRequest(NAME, Content.of(new byte[length]), Placement.STANDARD));
  }
}
