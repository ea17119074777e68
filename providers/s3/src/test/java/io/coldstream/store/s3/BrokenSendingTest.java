package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are reset while bytes are sent, and one part of several that is refused. */
@Timeout(60)
class BrokenSendingTest {

  private static final int PART = 5 << 20;
  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final String MD5 = ScriptedUploads.MD5;

  private final List<Duration> pauses = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {10_000, PART + 10_000})
  void aResetWhileSendingIsUnavailableAndLeavesNothing(long lengthBytes) throws Exception {
    S3Emulator server = S3Emulator.s3proxy();
    RandomSource source = new RandomSource(3, lengthBytes);
    Break broken = Break.at("PUT ").afterRequestBytes(5000).resetting();
    try (BreakingProxy proxy = new BreakingProxy(server.endpoint(), broken);
        ObjectStore store = Opened.inOrder(
            "s3://" + server.newBucket() + "/p",
            server.settings(),
            "endpoint",
            proxy.uri().toString())) {
      assertThat(Failures.of(() -> put(store, source)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(proxy.requests().stream().filter(line -> line.startsWith("PUT ")))
          .as("one attempt")
          .hasSize(1);
      assertThat(store.stat(NAME)).isEmpty();
      StoredObject stored = put(store, source);
      assertThat(store.stat(NAME)).contains(stored);
      try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
        assertThat(Arrays.mismatch(content.stream().readAllBytes(), source.bytes()))
            .isEqualTo(-1);
      }
    }
  }

  @Test
  void aPutThatAdvancesIsRetriedUntilItIsDone() throws Exception {
    Set<String> refused = new HashSet<>();
    ScriptedUploads uploads = new ScriptedUploads();
    uploads.completedBytes = 6L * PART + 1;
    // What is known of the parts then has to do.
    uploads.parts = List.of(S3Server.error(403, "AccessDenied"));
    uploads.refusal = line -> line.contains("partNumber=")
            && refused.add(line.replaceFirst(".*partNumber=(\\d+).*", "$1"))
        ? S3Server.error(503, "SlowDown")
        : null;
    try (S3Server server = new S3Server(uploads);
        ObjectStore store = retrying(Opened.inOrder("s3://bucket/p", server.settings()))) {
      assertThat(put(store, new RandomSource(1, 6L * PART + 1)).lengthBytes())
          .isEqualTo(6L * PART + 1);
    }
    assertThat(refused).hasSize(7);
    assertThat(uploads.created).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "200, InternalError",
    "408, ''",
    "429, SlowDown",
    "500, InternalError",
    "503, SlowDown",
    "503, ''"
  })
  void aPartThatIsRefusedOnceIsSentByTheNextAttempt(int status, String code) throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    ScriptedUploads uploads = new ScriptedUploads();
    uploads.completedBytes = PART + 1;
    uploads.parts = List.of(ScriptedUploads.parts("", ScriptedUploads.part(1, PART, MD5, "")));
    Answer refused = code.isEmpty() ? Answer.of(status, "", "") : S3Server.error(status, code);
    uploads.refusal =
        line -> line.contains("partNumber=2") && refusals.incrementAndGet() == 1 ? refused : null;
    try (S3Server server = new S3Server(uploads);
        ObjectStore store = retrying(Opened.inOrder("s3://bucket/p", server.settings()))) {
      assertThat(put(store, new RandomSource(1, PART + 1)).lengthBytes()).isEqualTo(PART + 1);
    }
    assertThat(pauses).hasSize(1);
    assertThat(refusals).hasValue(2);
    assertThat(uploads.created).isEqualTo(1);
    assertThat(uploads.sent()).as("the first is not sent again").containsExactly("new/1", "new/2");
    assertThat(uploads.completions).isEqualTo(1);
    assertThat(uploads.aborted).isEmpty();
  }

  @Test
  void expiredCredentialsAreRenewedAndTheNextPutResumes() throws Exception {
    ScriptedUploads uploads = new ScriptedUploads();
    uploads.completedBytes = PART + 1;
    uploads.parts = List.of(ScriptedUploads.parts("", ScriptedUploads.part(1, PART, MD5, "")));
    uploads.refusal =
        line -> line.contains("partNumber=2") ? S3Server.error(400, "ExpiredToken") : null;
    try (S3Server server = new S3Server(uploads);
        ObjectStore store = retrying(Opened.inOrder("s3://bucket/p", server.settings()))) {
      assertThat(Failures.of(() -> put(store, new RandomSource(1, PART + 1))).kind())
          .isEqualTo(Kind.ACCESS_DENIED);
      assertThat(pauses).as("nothing is tried again").isEmpty();
      assertThat(uploads.aborted).isEmpty();
      uploads.refusal = line -> null;
      put(store, new RandomSource(1, PART + 1));
    }
    assertThat(uploads.created).isEqualTo(1);
    assertThat(uploads.sent()).containsExactly("new/1", "new/2");
  }

  @ParameterizedTest
  @CsvSource({"400, InvalidRequest, REJECTED", "403, AccessDenied, ACCESS_DENIED"})
  void aPartThatIsRefusedForGoodIsSentOnce(int status, String code, Kind kind) throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    ScriptedUploads uploads = new ScriptedUploads();
    uploads.refusal = line -> {
      refusals.incrementAndGet();
      return S3Server.error(status, code);
    };
    try (S3Server server = new S3Server(uploads);
        ObjectStore store = retrying(Opened.inOrder("s3://bucket/p", server.settings()))) {
      assertThat(Failures.of(() -> put(store, new RandomSource(1, PART + 1))).kind())
          .isEqualTo(kind);
    }
    assertThat(pauses).isEmpty();
    assertThat(refusals).hasValue(1);
    assertThat(uploads.completions).isZero();
  }

  private ObjectStore retrying(ObjectStore store) {
    RetryPolicy policy =
        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofHours(1));
    return new RetryingStore(store, policy, new Random(1), pauses::add);
  }

  private static StoredObject put(ObjectStore store, RandomSource source) throws StoreException {
    return store.put(new PutRequest(NAME, source, Placement.BULK));
  }
}
