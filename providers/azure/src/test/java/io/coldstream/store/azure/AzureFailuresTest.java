package io.coldstream.store.azure;

import static io.coldstream.store.StoreException.Kind.ACCESS_DENIED;
import static io.coldstream.store.StoreException.Kind.ALREADY_EXISTS;
import static io.coldstream.store.StoreException.Kind.CORRUPT;
import static io.coldstream.store.StoreException.Kind.NOT_FOUND;
import static io.coldstream.store.StoreException.Kind.REJECTED;
import static io.coldstream.store.StoreException.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.testkit.http.Answer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every way of failing becomes. */
@Timeout(120)
class AzureFailuresTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final String BLOB = " /account/container/p";

  @ParameterizedTest
  @CsvSource({
    "400, InvalidInput, REJECTED, REJECTED",
    "400, '', REJECTED, REJECTED",
    "400, Md5Mismatch, CORRUPT, UNAVAILABLE",
    "400, InvalidBlockList, UNAVAILABLE, UNAVAILABLE",
    "400, InvalidBlobOrBlock, REJECTED, REJECTED",
    "400, InvalidHeaderValue, REJECTED, REJECTED",
    "401, '', ACCESS_DENIED, ACCESS_DENIED",
    "401, NoAuthenticationInformation, ACCESS_DENIED, ACCESS_DENIED",
    "403, AuthenticationFailed, ACCESS_DENIED, ACCESS_DENIED",
    "403, AuthorizationFailure, ACCESS_DENIED, ACCESS_DENIED",
    "403, AuthorizationPermissionMismatch, ACCESS_DENIED, ACCESS_DENIED",
    "403, KeyBasedAuthenticationNotPermitted, ACCESS_DENIED, ACCESS_DENIED",
    "403, UnauthorizedBlobOverwrite, ACCESS_DENIED, ALREADY_EXISTS",
    "404, BlobNotFound, NOT_FOUND, NOT_FOUND",
    "404, ContainerNotFound, REJECTED, REJECTED",
    "404, '', NOT_FOUND, REJECTED",
    "408, '', UNAVAILABLE, UNAVAILABLE",
    "409, BlobAlreadyExists, REJECTED, ALREADY_EXISTS",
    "409, BlobArchived, CORRUPT, REJECTED",
    "409, BlobImmutableDueToPolicy, LOCKED, ALREADY_EXISTS",
    "409, ContainerBeingDeleted, UNAVAILABLE, UNAVAILABLE",
    "409, PublicAccessNotPermitted, ACCESS_DENIED, ACCESS_DENIED",
    "409, '', UNAVAILABLE, UNAVAILABLE",
    "412, ConditionNotMet, NOT_FOUND, ALREADY_EXISTS",
    "412, LeaseIdMissing, REJECTED, REJECTED",
    "412, '', NOT_FOUND, ALREADY_EXISTS",
    "416, InvalidRange, REJECTED, REJECTED",
    "429, '', UNAVAILABLE, UNAVAILABLE",
    "500, InternalError, UNAVAILABLE, UNAVAILABLE",
    "501, NotImplemented, REJECTED, REJECTED",
    "503, ServerBusy, UNAVAILABLE, UNAVAILABLE",
    "503, '', UNAVAILABLE, UNAVAILABLE",
  })
  void translatesEveryAnswer(int status, String code, Kind reading, Kind putting) throws Exception {
    Answer answer = code.isEmpty() ? Answer.of(status, "", "") : RawAzure.error(status, code);
    try (RawAzure server = new RawAzure(line -> answer);
        ObjectStore store = server.open()) {
      StoreException read = Failures.of(() -> read(store));
      StoreException put = Failures.of(() -> put(store));
      assertThat(read.kind()).as(read.getMessage()).isEqualTo(reading);
      assertThat(put.kind()).as(put.getMessage()).isEqualTo(putting);
      assertThat(put)
          .hasMessageStartingWith("put az://account/container/p/chunks/a: ")
          .hasMessageContaining("HTTP " + status);
      assertThat(server.count("GET" + BLOB)).as("one attempt to read").isEqualTo(1);
      assertThat(server.count("PUT" + BLOB)).as("one attempt to put").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, BlobNotFound, ''",
    "404, ContainerNotFound, REJECTED",
    "403, AuthorizationPermissionMismatch, ACCESS_DENIED",
    "409, BlobImmutableDueToPolicy, LOCKED",
    "412, LeaseIdMissing, REJECTED",
    "503, ServerBusy, UNAVAILABLE",
  })
  void aFailedDeleteNamesTheObject(int status, String code, String outcome) throws Exception {
    Answer gone = Answer.of(202, "", "");
    Answer answer = RawAzure.error(status, code);
    try (RawAzure server =
            new RawAzure(line -> line.contains("%2Fb") || line.contains("/b") ? answer : gone);
        ObjectStore store = server.open()) {
      List<ObjectName> names = List.of(NAME, new ObjectName("b"));
      if (outcome.isEmpty()) {
        store.delete(names);
      } else {
        StoreException failure = Failures.of(() -> store.delete(names));
        assertThat(failure.kind()).isEqualTo(Kind.valueOf(outcome));
        assertThat(failure).hasMessageContaining("az://account/container/p/b: ");
      }
      assertThat(server.count("DELETE")).isEqualTo(2);
    }
  }

  @Test
  void bytesThatWereAlteredInTransitAreSentAgain() throws Exception {
    Answer azurites = RawAzure.error(400, "InvalidOperation", "Provided contentMD5 doesn't match.");
    try (RawAzure server = new RawAzure(line -> azurites);
        ObjectStore store = server.open()) {
      StoreException failure = Failures.of(() -> put(store));
      assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
      assertThat(failure).hasMessageContaining("other bytes than were sent");
    }
  }

  @Test
  void retryAfterIsKeptInTheFailure() throws Exception {
    try (RawAzure server = new RawAzure(line -> Answer.of(503, "Retry-After: 17\r\n", ""));
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> put(store)).retryAfter()).contains(Duration.ofSeconds(17));
    }
  }

  @Test
  void aStoreThatIsBusyAHundredTimesIsTriedAHundredTimes() throws Exception {
    int[] puts = {0};
    try (RawAzure server = new RawAzure(line -> {
          if (line.startsWith("GET")) {
            return RawAzure.listing("");
          }
          synchronized (puts) {
            return ++puts[0] <= 100
                ? RawAzure.error(503, "ServerBusy")
                : RawAzure.created("ETag: \"0x1\"\r\n");
          }
        });
        ObjectStore store = new RetryingStore(
            server.open(),
            new RetryPolicy(101, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofHours(1)),
            new Random(1),
            wait -> {})) {
      StoredObject stored = put(store);
      assertThat(stored.version()).isEqualTo("0x1");
      assertThat(server.count("PUT")).isEqualTo(101);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "The Date header in the request is incorrect., set the clock",
    "Request date header too old: 26 Nov 2026, set the clock",
    "Signature not valid in the specified time frame: Start - Expiry, renew it",
  })
  void aFailureThatAWrongClockMayCauseSaysSo(String detail, String advice) throws Exception {
    Answer answer = Answer.of(
        403,
        "x-ms-error-code: AuthenticationFailed\r\n",
        "<Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the"
            + " request.\nRequestId:0</Message><AuthenticationErrorDetail>" + detail
            + "</AuthenticationErrorDetail></Error>");
    try (RawAzure server = new RawAzure(line -> answer);
        ObjectStore store = server.open()) {
      StoreException failure = Failures.of(() -> put(store));
      assertThat(failure.kind()).isEqualTo(ACCESS_DENIED);
      assertThat(failure).hasMessageContaining(advice);
    }
  }

  @Test
  void aDroppedConnectionIsUnavailableAndTriedOnce() throws Exception {
    try (RawAzure server = new RawAzure(line -> Answer.drop());
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(UNAVAILABLE);
      assertThat(Failures.of(() -> read(store)).kind()).isEqualTo(UNAVAILABLE);
      assertThat(server.count("PUT" + BLOB)).isEqualTo(1);
      assertThat(server.count("GET" + BLOB)).isEqualTo(1);
    }
  }

  @Test
  void aRefusedConnectionIsUnavailable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Map<String, String> settings = Map.of("endpoint", "http://127.0.0.1:" + port + "/account");
    try (ObjectStore store = Opened.store(RawAzure.KEY, RawAzure.URL, settings)) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aStoreThatNeverAnswersIsUnavailableAfterTheTimeout() throws Exception {
    try (RawAzure server = new RawAzure(line -> Answer.silence());
        ObjectStore store = server.open("timeout", "500ms")) {
      for (StoreException failure : List.of(
          Failures.of(() -> put(store)),
          Failures.of(() -> read(store)),
          Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START)))) {
        assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
        assertThat(failure).hasMessageContaining("no whole answer in 500 ms");
      }
    }
  }

  @Test
  void aSlowSourceIsNoStallOfTheStore() throws Exception {
    ObjectSource slow = new SlowSource(Content.of(new byte[100]), Duration.ofMillis(1500));
    try (RawAzure server = new RawAzure(line -> RawAzure.created("ETag: \"0x1\"\r\n"));
        ObjectStore store = server.open("timeout", "1s")) {
      store.put(new PutRequest(NAME, slow, Placement.STANDARD));
    }
  }

  @Test
  void anInterruptEndsACallThatWaits() throws Exception {
    try (RawAzure server = new RawAzure(line -> Answer.silence());
        ObjectStore store = server.open()) {
      Thread waiting = Thread.currentThread();
      Thread interrupter = new Thread(() -> {
        while (server.requests().isEmpty()) {
          Thread.onSpinWait();
        }
        waiting.interrupt();
      });
      interrupter.start();
      long begun = System.nanoTime();
      StoreException failure = Failures.of(() -> put(store));
      assertThat(Thread.interrupted()).as("the flag").isTrue();
      assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
      assertThat(failure).hasMessageContaining("interrupted");
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(30));
      interrupter.join();
    }
  }

  @Test
  void closingTheStoreEndsACallThatWaits() throws Exception {
    try (RawAzure server = new RawAzure(line -> Answer.silence());
        ObjectStore store = server.open()) {
      Runnable closing = store::close;
      Thread closer = new Thread(() -> {
        while (server.requests().isEmpty()) {
          Thread.onSpinWait();
        }
        closing.run();
      });
      closer.start();
      assertThat(Failures.of(() -> read(store))).hasMessageContaining("closed");
      closer.join();
    }
  }

  @ParameterizedTest
  @CsvSource({"'<html>Log in, please'", "''", "'<Error/>'"})
  void anAnswerFromAnotherServerIsUnavailable(String body) throws Exception {
    try (RawAzure server = new RawAzure(line -> Answer.of(200, "", body));
        ObjectStore store = server.open()) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(UNAVAILABLE);
      assertThat(Failures.of(() -> store.stat(NAME)).kind()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aPutWithoutAnEtagIsNotConfirmed() throws Exception {
    try (RawAzure server = new RawAzure(
            line -> line.startsWith("PUT") ? RawAzure.created("") : RawAzure.listing(""));
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aPutWhoseChecksumComesBackWrongIsCorrupt() throws Exception {
    String headers = "ETag: \"0x1\"\r\nContent-MD5: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    try (RawAzure server = new RawAzure(line -> RawAzure.created(headers));
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(CORRUPT);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aBodyThatEndsEarlyIsUnavailable(boolean reset) throws Exception {
    Answer cut = Answer.cut(200, "ETag: \"0x1\"\r\n", "half", 8);
    try (RawAzure server = new RawAzure(line -> reset ? cut.thenReset() : cut);
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> read(store)).kind()).isEqualTo(UNAVAILABLE);
      assertThat(server.count("GET" + BLOB)).as("no reading on").isEqualTo(1);
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
    String headers =
        "ETag: \"0x1\"\r\n" + (range.isEmpty() ? "" : "Content-Range: " + range + "\r\n");
    try (RawAzure server = new RawAzure(line -> Answer.of(status, headers, body));
        ObjectStore store = server.open()) {
      StoreException failure =
          Failures.of(() -> store.read(NAME, ByteRange.of(2, 4), Optional.empty()));
      assertThat(failure.kind()).isEqualTo(kind);
    }
  }

  @Test
  void anAnswerAboutAnotherVersionIsNotFound() throws Exception {
    try (RawAzure server = new RawAzure(line -> Answer.of(200, "ETag: \"0x2\"\r\n", "x"));
        ObjectStore store = server.open()) {
      StoreException failure =
          Failures.of(() -> store.read(NAME, ByteRange.WHOLE, Optional.of("0x1")));
      assertThat(failure.kind()).isEqualTo(NOT_FOUND);
    }
  }

  @Test
  void textFromAServerNeverRevealsASecret() throws Exception {
    String message = "see https://account.blob.core.windows.net/p?sv=1&amp;sig=SECRET&amp;se=2"
        + " or sig=SECRET&amp;x";
    try (RawAzure server =
            new RawAzure(line -> RawAzure.error(403, "AuthenticationFailed", message));
        ObjectStore store = Opened.store(
            Map.of(Credentials.SAS_TOKEN, "?sv=2024-01-01&sp=cl&sig=SECRET"),
            RawAzure.URL,
            Map.of("endpoint", server.uri() + "/account"))) {
      for (StoreException failure :
          List.of(Failures.of(() -> put(store)), Failures.of(() -> read(store)))) {
        assertThat(failure.kind()).isEqualTo(ACCESS_DENIED);
        assertThat(Throwables.getStackTrace(failure))
            .doesNotContain("SECRET", "sig=", "BlobStorageException");
      }
      assertThat(server.count("sig=SECRET")).as("that was really sent").isPositive();
    }
  }

  @Test
  void aTokenIsNeverSentOverHttp() throws Exception {
    try (RawAzure server = new RawAzure(line -> Answer.of(200, "", ""))) {
      Map<String, String> settings = Map.of("endpoint", server.uri() + "/account");
      StoreException failure = Failures.of(() -> {
        try (ObjectStore store = Opened.store(Map.of(), RawAzure.URL, settings)) {
          put(store);
        }
      });
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(REJECTED);
      assertThat(failure).hasMessageContaining("https");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void alreadyExistsNamesThePut() throws Exception {
    try (RawAzure server = new RawAzure(line -> RawAzure.error(409, "BlobAlreadyExists"));
        ObjectStore store = server.open()) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(ALREADY_EXISTS);
    }
  }

  private static void read(ObjectStore store) throws Exception {
    try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      content.stream().readAllBytes();
    }
  }

  private static StoredObject put(ObjectStore store) throws StoreException {
    return store.put(new PutRequest(NAME, Content.of(new byte[100]), Placement.STANDARD));
  }

  /** Takes its time before each stream's first byte. */
  private record SlowSource(ObjectSource source, Duration delay) implements ObjectSource {
    @Override
    public long lengthBytes() {
      return source.lengthBytes();
    }

    @Override
    public InputStream open(long offsetBytes) throws IOException {
      return new FilterInputStream(source.open(offsetBytes)) {
        private boolean begun;

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          if (!begun) {
            begun = true;
            pause();
          }
          return super.read(bytes, offset, length);
        }
      };
    }

    private void pause() throws IOException {
      try {
        // Nobody ever counts it down.
        boolean counted = new CountDownLatch(1).await(delay.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(counted).isFalse();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public Pass begin() {
      return source.begin();
    }
  }
}
