package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What each verb makes of the same bad answer to every request. */
@Timeout(60)
class EveryVerbTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");

  /** The port's verbs; a put in parts sends other requests than a small one. */
  enum Verb {
    STAT(store -> store.stat(NAME)),
    LIST(store -> store.list(ObjectPrefix.ALL, ListCursor.START)),
    READ(store -> store.read(NAME, ByteRange.WHOLE, Optional.empty()).close()),
    PUT(store -> store.put(new PutRequest(NAME, Content.of(new byte[100]), Placement.STANDARD))),
    PUT_IN_PARTS(store ->
        store.put(new PutRequest(NAME, new RandomSource(1, (5 << 20) + 1), Placement.STANDARD))),
    DELETE(store -> store.delete(List.of(NAME))),
    SWEEP(store -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)));

    private final Call call;

    Verb(Call call) {
      this.call = call;
    }
  }

  private interface Call {
    void on(ObjectStore store) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void aDenialIsAccessDenied(Verb verb) throws Exception {
    StoreException failure = failure(verb, S3Server.error(403, "AccessDenied"));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("s3://bucket/p");
  }

  @ParameterizedTest
  @EnumSource
  void expiredCredentialsAreNamed(Verb verb) throws Exception {
    StoreException failure = failure(verb, S3Server.error(400, "ExpiredToken"));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("have expired; renew them");
  }

  @ParameterizedTest
  @EnumSource
  void theRegionFromTheAnswerIsNamed(Verb verb) throws Exception {
    StoreException failure =
        failure(verb, Answer.of(301, "x-amz-bucket-region: eu-west-3\r\n", ""));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining("set region=eu-west-3");
  }

  @ParameterizedTest
  @EnumSource
  void aMissingBucketIsNamed(Verb verb) throws Exception {
    StoreException failure = failure(verb, S3Server.error(404, "NoSuchBucket"));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining("no such bucket");
  }

  @ParameterizedTest
  @EnumSource
  void aBusyStoreIsUnavailable(Verb verb) throws Exception {
    assertThat(failure(verb, S3Server.error(503, "SlowDown")).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenConnectionIsUnavailable(Verb verb) throws Exception {
    assertThat(failure(verb, Answer.drop()).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  /** S3 answers so when it finds out after it has begun to answer. */
  @ParameterizedTest
  @EnumSource
  void aSuccessStatusWithAnErrorIsAFailure(Verb verb) throws Exception {
    assertThat(failure(verb, S3Server.error(200, "InternalError")).kind())
        .isEqualTo(Kind.UNAVAILABLE);
  }

  /** The page of a proxy on the way, for instance. A removal's answer need not tell anything. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DELETE")
  void aSuccessStatusFromAnotherServerIsAFailure(Verb verb) throws Exception {
    StoreException failure = failure(verb, Answer.of(200, "", "<html><body/></html>"));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  private static StoreException failure(Verb verb, Answer answer) throws IOException {
    try (S3Server server = new S3Server(line -> answer);
        ObjectStore store = Opened.store("s3://bucket/p", server.settings())) {
      return Failures.of(() -> verb.call.on(store));
    }
  }
}
