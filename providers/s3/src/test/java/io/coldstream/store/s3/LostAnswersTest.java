package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verbs whose effect has happened and whose answer is lost; and a store that is busy for long. */
@Timeout(60)
class LostAnswersTest {

  private static final int PART = 5 << 20;
  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final RandomSource SMALL = new RandomSource(1, 1000);
  private static final RandomSource LARGE = new RandomSource(1, PART + 1L);

  private final S3Emulator server = S3Emulator.s3proxy();
  private final Bucket bucket = Bucket.on(server);
  private final List<Duration> pauses = new ArrayList<>();

  @AfterEach
  void clear() {
    bucket.clear();
  }

  @Test
  void afterALostAnswerToASmallPutTheNextAttemptFindsTheNameTaken() throws Exception {
    try (BreakingProxy proxy = losing("PUT ");
        ObjectStore store = through(proxy)) {
      assertThat(Failures.of(() -> put(store, SMALL)).kind()).isEqualTo(Kind.ALREADY_EXISTS);
      assertThat(proxy.hasBroken()).isTrue();
      assertHolds(store, SMALL);
    }
    assertThat(pauses).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    // The request; how often is waited, and how many uploads nobody knows of any more.
    "'POST \\S+\\?uploads ', 1, 1",
    "'PUT \\S+partNumber=1', 1, 0",
    "'PUT \\S+partNumber=2', 1, 0",
    "'GET \\S+[?&]uploads', 1, 0",
    // A listing settles it at once.
    "'POST \\S+uploadId=', 0, 0",
  })
  void afterALostAnswerToAPartTheNextAttemptResumes(String request, int waits, int left)
      throws Exception {
    try (BreakingProxy proxy = losing(request);
        ObjectStore store = through(proxy)) {
      put(store, LARGE);
      assertThat(proxy.hasBroken()).isTrue();
      assertHolds(store, LARGE);
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofHours(-1)).found()).isEqualTo(left);
    }
    assertThat(pauses).hasSize(waits);
  }

  @Test
  void aDeleteWithALostAnswerIsRepeated() throws Exception {
    try (BreakingProxy proxy = losing("POST \\S+\\?delete");
        ObjectStore store = through(proxy)) {
      put(store, SMALL);
      store.delete(List.of(NAME));
      assertThat(proxy.hasBroken()).isTrue();
      assertThat(store.stat(NAME)).isEmpty();
    }
    assertThat(pauses).hasSize(1);
  }

  @Test
  void anAbortWithALostAnswerIsRepeated() throws Exception {
    try (BreakingProxy proxy = losing("DELETE \\S+uploadId=");
        ObjectStore store = through(proxy)) {
      bucket.begun(LARGE.bytes(), 1);
      store.sweep(ObjectPrefix.ALL, Duration.ofHours(-1));
      assertThat(proxy.hasBroken()).isTrue();
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofHours(-1)).found()).isZero();
    }
    assertThat(pauses).hasSize(1);
  }

  @Test
  void readOnlyRequestsAreRepeated() throws Exception {
    for (String request : List.of("GET \\S+list-type=2", "GET \\S+/p/chunks/a")) {
      try (BreakingProxy proxy = losing(request);
          ObjectStore store = through(proxy)) {
        if (pauses.isEmpty()) {
          put(bucket.open(), SMALL);
        }
        assertThat(store.stat(NAME)).isPresent();
        assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).hasSize(1);
        assertHolds(store, SMALL);
        assertThat(proxy.hasBroken()).isTrue();
      }
    }
    assertThat(pauses).hasSize(2);
  }

  @Test
  void aStoreThatIsBusyAHundredTimesIsWaitedFor() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    Answer busy = Answer.of(503, "Retry-After: 2\r\n", "");
    Answer done = Answer.of(200, "ETag: \"e\"\r\n", "");
    try (S3Server raw = new S3Server(line -> requests.incrementAndGet() > 100 ? done : busy);
        ObjectStore store =
            retrying(Opened.store("s3://bucket/p", raw.settings(), "checksums", "when-required"))) {
      put(store, SMALL);
    }
    assertThat(requests).hasValue(101);
    assertThat(pauses).hasSize(100).allMatch(wait -> wait.toSeconds() >= 2);
  }

  /** Loses the answer to the first request of this kind. */
  private BreakingProxy losing(String request) throws IOException {
    return new BreakingProxy(server.endpoint(), Break.at("^(" + request + ")").losingTheResponse());
  }

  private ObjectStore through(BreakingProxy proxy) throws StoreException {
    return retrying(bucket.open("endpoint", proxy.uri().toString()));
  }

  private ObjectStore retrying(ObjectStore store) {
    RetryPolicy policy =
        new RetryPolicy(101, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofHours(1));
    return new RetryingStore(store, policy, new Random(1), pauses::add);
  }

  private static void put(ObjectStore store, RandomSource source) throws StoreException {
    store.put(new PutRequest(NAME, source, Placement.BULK));
  }

  private static void assertHolds(ObjectStore store, RandomSource source) throws IOException {
    try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      assertThat(Arrays.mismatch(content.stream().readAllBytes(), source.bytes()))
          .isEqualTo(-1);
    }
  }
}
