package io.coldstream.store.s3;

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
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.http.Answer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What every way of failing becomes. */
@Timeout(60)
class S3FailuresTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");

  @ParameterizedTest
  @CsvSource({
    "400, InvalidRequest, REJECTED, REJECTED",
    "400, '', REJECTED, REJECTED",
    "400, ExpiredToken, ACCESS_DENIED, ACCESS_DENIED",
    "400, BadDigest, CORRUPT, UNAVAILABLE",
    "400, InvalidDigest, CORRUPT, CORRUPT",
    "400, XAmzContentChecksumMismatch, CORRUPT, UNAVAILABLE",
    "400, XAmzContentSHA256Mismatch, CORRUPT, UNAVAILABLE",
    "400, RequestTimeout, UNAVAILABLE, UNAVAILABLE",
    "400, AuthorizationHeaderMalformed, ACCESS_DENIED, ACCESS_DENIED",
    "401, '', ACCESS_DENIED, ACCESS_DENIED",
    "403, AccessDenied, ACCESS_DENIED, ACCESS_DENIED",
    "403, InvalidAccessKeyId, ACCESS_DENIED, ACCESS_DENIED",
    "403, SignatureDoesNotMatch, ACCESS_DENIED, ACCESS_DENIED",
    "403, RequestTimeTooSkewed, ACCESS_DENIED, ACCESS_DENIED",
    "403, InvalidObjectState, CORRUPT, REJECTED",
    "404, NoSuchKey, NOT_FOUND, NOT_FOUND",
    "404, NoSuchBucket, REJECTED, REJECTED",
    "404, '', NOT_FOUND, REJECTED",
    "408, '', UNAVAILABLE, UNAVAILABLE",
    "409, ConditionalRequestConflict, UNAVAILABLE, UNAVAILABLE",
    "409, OperationAborted, UNAVAILABLE, UNAVAILABLE",
    "412, PreconditionFailed, NOT_FOUND, ALREADY_EXISTS",
    "412, '', NOT_FOUND, ALREADY_EXISTS",
    "416, InvalidRange, REJECTED, REJECTED",
    "429, '', UNAVAILABLE, UNAVAILABLE",
    "500, InternalError, UNAVAILABLE, UNAVAILABLE",
    "501, NotImplemented, REJECTED, REJECTED",
    "503, SlowDown, UNAVAILABLE, UNAVAILABLE",
    "503, '', UNAVAILABLE, UNAVAILABLE",
    "301, PermanentRedirect, REJECTED, REJECTED",
  })
  void translatesEveryAnswer(int status, String code, Kind reading, Kind putting) throws Exception {
    Answer answer = code.isEmpty() ? Answer.of(status, "", "") : S3Server.error(status, code);
    try (S3Server server = new S3Server(line -> answer);
        ObjectStore store = open(server)) {
      StoreException read = Failures.of(() -> read(store));
      StoreException put = Failures.of(() -> put(store));
      assertThat(read.kind()).isEqualTo(reading);
      assertThat(put.kind()).isEqualTo(putting);
      assertThat(put)
          .hasMessageStartingWith("put s3://bucket/p/chunks/a: ")
          .hasMessageContaining("HTTP " + status);
      assertThat(server.requests()).as("one attempt each").hasSize(2);
    }
  }

  @Test
  void theRegionFromTheAnswerIsNamed() throws Exception {
    Function<String, Answer> answers = line -> line.startsWith("GET")
        ? Answer.of(301, "x-amz-bucket-region: eu-west-3\r\n", "")
        : Answer.of(
            400,
            "",
            "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header"
                + " is malformed; the region 'us-east-1' is wrong; expecting"
                + " 'eu-west-3'</Message></Error>");
    try (S3Server server = new S3Server(answers);
        ObjectStore store = open(server)) {
      for (StoreException e :
          List.of(Failures.of(() -> read(store)), Failures.of(() -> put(store)))) {
        assertThat(e.kind()).isEqualTo(REJECTED);
        assertThat(e).hasMessageContaining("set region=eu-west-3");
      }
    }
  }

  @Test
  void retryAfterIsKeptInTheFailure() throws Exception {
    try (S3Server server = new S3Server(line -> Answer.of(503, "Retry-After: 17\r\n", ""));
        ObjectStore store = open(server)) {
      assertThat(Failures.of(() -> put(store)).retryAfter()).contains(Duration.ofSeconds(17));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Thu, 01 Jan 2026 00:01:30 GMT', 'Thu, 01 Jan 2026 00:00:00 GMT', 90",
    "'Thu, 01 Jan 2026 00:00:00 GMT', 'Thu, 01 Jan 2026 00:00:00 GMT', 0",
    // In the past, without the answer's own date, and nonsense: as if it had not asked.
    "'Thu, 01 Jan 2026 00:00:00 GMT', 'Thu, 01 Jan 2026 00:01:30 GMT',",
    "'Thu, 01 Jan 2026 00:01:30 GMT', '',",
    "'soon', 'Thu, 01 Jan 2026 00:00:00 GMT',",
    "'-1', 'Thu, 01 Jan 2026 00:00:00 GMT',",
  })
  void aRetryAfterDateCountsFromTheAnswersDate(String until, String now, Long seconds)
      throws Exception {
    String headers = "Retry-After: " + until + "\r\nDate: " + now + "\r\n";
    try (S3Server server = new S3Server(line -> Answer.of(503, headers, ""));
        ObjectStore store = open(server)) {
      assertThat(Failures.of(() -> put(store)).retryAfter())
          .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }
  }

  @Test
  void aStoreThatReadsSlowlyIsWaitedFor() throws Exception {
    try (S3Server server = new S3Server(line -> Answer.of(200, "ETag: \"e\"\r\n", ""));
        ObjectStore store = Opened.store(
            "s3://bucket/p",
            server.settings(),
            "timeout",
            "2s",
            "part-size",
            "40MiB",
            "checksums",
            "when-required")) {
      server.takeSlowly(Duration.ofMillis(250));
      long begun = System.nanoTime();
      store.put(new PutRequest(NAME, new RandomSource(1, 40L << 20), Placement.BULK));
      assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofSeconds(2).toNanos());
    }
  }

  /** As some do that know no checksum trailers, and answer without a checksum. */
  @Test
  void aStoreThatKeepsTheFramingAsContentIsDetected() throws Exception {
    String listing = "<ListBucketResult><Contents><Key>p/chunks/a</Key><Size>87</Size>"
        + "<ETag>\"e\"</ETag></Contents></ListBucketResult>";
    try (S3Server server = new S3Server(line -> line.startsWith("GET")
            ? Answer.of(200, "", listing)
            : Answer.of(200, "ETag: \"e\"\r\n", ""));
        ObjectStore store = open(server)) {
      StoreException failure = Failures.of(
          () -> store.put(new PutRequest(NAME, new RandomSource(1, 10), Placement.BULK)));
      assertThat(failure.kind()).isEqualTo(CORRUPT);
      assertThat(failure).hasMessageContainingAll("87 bytes of the 10", "checksums=when-required");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aListingThatEndsEarlyIsUnavailable(boolean reset) throws Exception {
    Answer cut = Answer.cut(
        200,
        "",
        "<ListBucketResult><Name>bucket</Name><Contents><Key>p/chunks/a</Key><Size>1</Size>",
        10_000);
    try (S3Server server = new S3Server(line -> reset ? cut.thenReset() : cut);
        ObjectStore store = open(server)) {
      assertThat(
              Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START)).kind())
          .isEqualTo(UNAVAILABLE);
      assertThat(Failures.of(() -> store.stat(NAME)).kind()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aWrongClockIsNamed() throws Exception {
    try (S3Server server = new S3Server(line -> S3Server.error(403, "RequestTimeTooSkewed"));
        ObjectStore store = open(server)) {
      assertThat(Failures.of(() -> put(store))).hasMessageContaining("clock");
    }
  }

  @Test
  void aDroppedConnectionIsUnavailable() throws Exception {
    try (S3Server server = new S3Server(line -> Answer.drop());
        ObjectStore store = open(server)) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(UNAVAILABLE);
      assertThat(Failures.of(() -> read(store)).kind()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aRefusedConnectionIsUnavailable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Map<String, String> settings = Map.of("endpoint", "http://127.0.0.1:" + port);
    try (ObjectStore store = Opened.store("s3://bucket/p", settings, "path-style", "true")) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aStoreThatNeverAnswersIsUnavailableAfterTheTimeout() throws Exception {
    try (S3Server server = new S3Server(line -> Answer.silence());
        ObjectStore store = Opened.store("s3://bucket/p", server.settings(), "timeout", "500ms")) {
      StoreException failure = Failures.of(() -> put(store));
      assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
      assertThat(failure).hasMessageContaining("less than 1 KiB/s moved for 500 ms");
    }
  }

  @Test
  void anInterruptEndsACallThatWaits() throws Exception {
    try (S3Server server = new S3Server(line -> Answer.silence());
        ObjectStore store = open(server)) {
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
  void anAnswerThatIsNotXmlIsUnavailable() throws Exception {
    try (S3Server server = new S3Server(line -> Answer.of(200, "", "<html>Log in, please"));
        ObjectStore store = open(server)) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aPutWithoutAnEtagIsNotConfirmed() throws Exception {
    try (S3Server server = new S3Server(line -> Answer.of(200, "", ""));
        ObjectStore store = open(server)) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aPutWhoseChecksumComesBackWrongIsCorrupt() throws Exception {
    String headers = "ETag: \"e\"\r\nx-amz-checksum-crc32c: AAAAAA==\r\n";
    try (S3Server server = new S3Server(line -> Answer.of(200, headers, ""));
        ObjectStore store = open(server)) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(CORRUPT);
    }
  }

  @Test
  void anErrorForOneOfManyKeysFailsTheDelete() throws Exception {
    String body =
        "<DeleteResult><Error><Key>p/b</Key><Code>AccessDenied</Code><Message>m</Message></Error>"
            + "</DeleteResult>";
    try (S3Server server = new S3Server(line -> Answer.of(200, "", body));
        ObjectStore store = open(server)) {
      StoreException failure = Failures.of(() -> store.delete(List.of(NAME, new ObjectName("b"))));
      assertThat(failure.kind()).isEqualTo(ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("s3://bucket/p/b");
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aBodyThatEndsEarlyIsUnavailable(boolean reset) throws Exception {
    Answer cut = Answer.cut(200, "ETag: \"e\"\r\n", "half", 8);
    try (S3Server server = new S3Server(line -> reset ? cut.thenReset() : cut);
        ObjectStore store = open(server)) {
      assertThat(Failures.of(() -> read(store)).kind()).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aBodyWhoseChecksumDiffersIsCorruptBeforeItsLastByte() throws Exception {
    String headers = "ETag: \"e\"\r\nx-amz-checksum-crc32c: AAAAAA==\r\n";
    try (S3Server server = new S3Server(line -> Answer.of(200, headers, "whole"));
        ObjectStore store = open(server);
        ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      StoreException failure = Failures.of(() -> content.stream().readNBytes(5));
      assertThat(failure.kind()).isEqualTo(CORRUPT);
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
        "ETag: \"e\"\r\n" + (range.isEmpty() ? "" : "Content-Range: " + range + "\r\n");
    try (S3Server server = new S3Server(line -> Answer.of(status, headers, body));
        ObjectStore store = open(server)) {
      StoreException failure =
          Failures.of(() -> store.read(NAME, ByteRange.of(2, 4), Optional.empty()));
      assertThat(failure.kind()).isEqualTo(kind);
    }
  }

  @Test
  void anAnswerAboutAnotherVersionIsNotFound() throws Exception {
    try (S3Server server = new S3Server(line -> Answer.of(200, "ETag: \"new\"\r\n", "x"));
        ObjectStore store = open(server)) {
      StoreException failure =
          Failures.of(() -> store.read(NAME, ByteRange.WHOLE, Optional.of("old")));
      assertThat(failure.kind()).isEqualTo(NOT_FOUND);
    }
  }

  @Test
  void textFromAServerNeverRevealsASecret() throws Exception {
    String message =
        "see https://bucket.host/p?X-Amz-Signature=SECRET&amp;X-Amz-Credential=AKIA0123456789ABCDEF"
            + " for AKIA0123456789ABCDEF";
    Answer answer = Answer.of(
        403, "", "<Error><Code>AccessDenied</Code><Message>" + message + "</Message></Error>");
    try (S3Server server = new S3Server(line -> answer);
        ObjectStore store = open(server)) {
      assertThat(Throwables.getStackTrace(Failures.of(() -> put(store))))
          .doesNotContain("SECRET", "AKIA0123456789ABCDEF", "X-Amz", "awssdk.core.exception");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Unable to load region from any of the providers in the chain, REJECTED, AWS_REGION",
  })
  void aMissingRegionIsReportedWithTheVariable(String said, Kind kind, String named) {
    StoreException failure =
        S3Failures.translated(Operation.PUT, "a", SdkClientException.create(said));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(named);
  }

  @Test
  void alreadyExistsNamesThePut() throws Exception {
    try (S3Server server = new S3Server(line -> S3Server.error(412, "PreconditionFailed"));
        ObjectStore store = open(server)) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(ALREADY_EXISTS);
    }
  }

  private static ObjectStore open(S3Server server) throws StoreException {
    return Opened.store("s3://bucket/p", server.settings());
  }

  private static void read(ObjectStore store) throws Exception {
    try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      content.stream().readAllBytes();
    }
  }

  private static void put(ObjectStore store) throws StoreException {
    store.put(new PutRequest(NAME, Content.of(new byte[100]), Placement.STANDARD));
  }
}
