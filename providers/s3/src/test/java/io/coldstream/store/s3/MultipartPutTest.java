package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
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
import io.coldstream.store.cloud.Part;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.WatchedSource;
import io.coldstream.store.testkit.http.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads that break off, and completing calls whose answer is lost. */
@Timeout(120)
class MultipartPutTest {

  private static final int PART = 5 << 20;
  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final String CREATED =
      "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";
  private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";
  /** What S3 calls an object of two parts with that MD5. */
  private static final String ETAG_OF_TWO = Digests.etagOf(
          Collections.nCopies(2, new Part(MD5, 0, OptionalInt.empty())))
      .orElseThrow();

  private int partsSent;
  private int created;
  private int aborted;
  private int completed;

  @Test
  void aBrokenUploadIsResumed() throws Exception {
    S3Emulator server = S3Emulator.s3proxy();
    RandomSource source = new RandomSource(1, 3 * PART + 5);
    try (PartBreaker proxy = new PartBreaker(server.endpoint(), 2);
        ObjectStore store = Opened.inOrder(
            "s3://" + server.newBucket() + "/p",
            server.settings(),
            "endpoint",
            proxy.uri().toString())) {
      assertThat(Failures.of(() -> put(store, source)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(store.stat(NAME)).isEmpty();
      assertThat(proxy.parts()).containsExactly("1", "2");
      StoredObject stored = put(store, source);
      assertThat(proxy.parts())
          .as("the first is not sent again")
          .containsExactly("1", "2", "2", "3", "4");
      assertThat(store.stat(NAME)).contains(stored);
      try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
        assertThat(Arrays.equals(content.stream().readAllBytes(), source.bytes()))
            .isTrue();
      }
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ZERO.minusMinutes(1)).found())
          .isZero();
    }
  }

  @Test
  void anotherContentOfTheSameLengthStartsFromScratch() throws Exception {
    S3Emulator server = S3Emulator.s3proxy();
    RandomSource other = new RandomSource(2, 3 * PART);
    try (PartBreaker proxy = new PartBreaker(server.endpoint(), 2);
        ObjectStore store = Opened.inOrder(
            "s3://" + server.newBucket() + "/p",
            server.settings(),
            "endpoint",
            proxy.uri().toString())) {
      Failures.of(() -> put(store, new RandomSource(1, 3 * PART)));
      put(store, other);
      assertThat(proxy.parts()).containsExactly("1", "2", "1", "2", "3");
      try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
        assertThat(Arrays.equals(content.stream().readAllBytes(), other.bytes()))
            .isTrue();
      }
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ZERO.minusMinutes(1)).found())
          .isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // What completing is answered with, whether the object is listed then, with which length, and
    // whose ETag; what the put ends with, '' for success.
    "500, InternalError, true, 0, true, ''",
    "500, InternalError, true, 1, true, UNAVAILABLE",
    "500, InternalError, true, 0, false, UNAVAILABLE",
    "500, InternalError, false, 0, true, UNAVAILABLE",
    "200, InternalError, false, 0, true, UNAVAILABLE",
    "200, InternalError, true, 0, true, ''",
    "404, NoSuchUpload, true, 0, false, ''",
    "404, NoSuchUpload, true, 1, false, UNAVAILABLE",
    "404, NoSuchUpload, false, 0, true, UNAVAILABLE",
    "412, PreconditionFailed, true, 0, true, ALREADY_EXISTS",
    "409, ConditionalRequestConflict, true, 0, true, UNAVAILABLE",
    "403, AccessDenied, false, 0, true, ACCESS_DENIED",
  })
  void settlesACompletingCall(
      int status, String code, boolean listed, int longer, boolean ours, String outcome)
      throws Exception {
    String etag = ours ? ETAG_OF_TWO : "0";
    try (S3Server server =
            new S3Server(scripted(S3Server.error(status, code), listed, longer, etag));
        ObjectStore store = Opened.store("s3://bucket/p", server.settings())) {
      if (outcome.isEmpty()) {
        assertThat(put(store, new RandomSource(1, PART + 1)).lengthBytes()).isEqualTo(PART + 1);
      } else {
        assertThat(Failures.of(() -> put(store, new RandomSource(1, PART + 1))).kind())
            .isEqualTo(Kind.valueOf(outcome));
      }
      boolean hopeless = status == 412 || status == 409;
      assertThat(aborted).isEqualTo(hopeless ? 1 : 0);
    }
  }

  @Test
  void aFailedCompletionIsRepeatedWithoutSendingPartsAgain() throws Exception {
    Answer lost = Answer.drop();
    try (S3Server server = new S3Server(scripted(lost, false, 0, "0"));
        ObjectStore store = Opened.store("s3://bucket/p", server.settings())) {
      RandomSource source = new RandomSource(1, PART + 1);
      Failures.of(() -> put(store, source));
      Failures.of(() -> put(store, source));
      assertThat(created).isEqualTo(1);
      assertThat(partsSent).isEqualTo(2);
      assertThat(completed).isEqualTo(2);
      assertThat(aborted).isZero();
    }
  }

  @Test
  void anAbortedUploadIsForgotten() throws Exception {
    try (S3Server server =
            new S3Server(scripted(S3Server.error(404, "NoSuchUpload"), false, 0, "0"));
        ObjectStore store = Opened.store("s3://bucket/p", server.settings())) {
      Failures.of(() -> put(store, new RandomSource(1, PART + 1)));
      Failures.of(() -> put(store, new RandomSource(1, PART + 1)));
      assertThat(created).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "amazon, 1, 5242880",
    "amazon, 52428800000, 5242880",
    "amazon, 52428800001, 6291456",
    "amazon, 53687091200000, 5368709120",
    "amazon, 53687091200001,",
    "scaleway, 5242880000, 5242880",
    "scaleway, 5242880001, 6291456",
    "scaleway, 5368709120001,",
  })
  void partsAreEnlargedUntilTheStoreAcceptsTheirNumber(String name, long length, Long expected)
      throws Exception {
    S3Settings settings = S3Settings.of(
        StoreUrl.parse("s3://bucket/p"),
        StoreSettings.of(Map.of("part-size", "5MiB", "store", name), S3Settings.NAMES));
    // An object without a part size is REJECTED.
    assertThat(S3Driver.parts(settings).partBytesOf(length))
        .isEqualTo(expected == null ? OptionalLong.empty() : OptionalLong.of(expected));
  }

  /** A thousand and one parts of five MiB: the first one that is sent has six. */
  @Test
  void aLongObjectIsSentInFewerLargerParts() throws Exception {
    WatchedSource source = new WatchedSource(new RandomSource(1, 5_242_880_001L));
    ScriptedUploads uploads = new ScriptedUploads();
    uploads.refusal = line -> S3Server.error(503, "SlowDown");
    try (S3Server server = new S3Server(uploads);
        ObjectStore store =
            Opened.inOrder("s3://bucket/p", server.settings(), "store", "scaleway")) {
      assertThat(Failures.of(() -> put(store, source)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(source.passedBytes()).containsExactly(6L << 20);
    }
  }

  /** A store that takes everything but the completing call; the listing shows what a test wants. */
  private Function<String, Answer> scripted(
      Answer completing, boolean listed, int longer, String etag) {
    String listing = String.format(
        Locale.ROOT,
        "<ListBucketResult>%s</ListBucketResult>",
        String.format(
            Locale.ROOT,
            "<Contents><Key>p/chunks/a</Key><Size>%d</Size><ETag>\"%s\"</ETag></Contents>",
            PART + 1 + longer,
            etag));
    return line -> {
      if (line.startsWith("GET")) {
        boolean after = completed > 0 && listed;
        return Answer.of(
            200, "", after ? listing : "<ListBucketResult><Name>bucket</Name></ListBucketResult>");
      }
      if (line.startsWith("PUT")) {
        partsSent++;
        return Answer.of(200, "ETag: \"" + MD5 + "\"\r\n", "");
      }
      if (line.startsWith("DELETE")) {
        aborted++;
        return Answer.of(204, "", "");
      }
      if (line.contains("?uploads")) {
        created++;
        return Answer.of(200, "", CREATED);
      }
      completed++;
      return completing;
    };
  }

  private static StoredObject put(ObjectStore store, ObjectSource source) throws StoreException {
    return store.put(new PutRequest(NAME, source, Placement.BULK));
  }
}
