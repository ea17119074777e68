package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores that refuse a header of ours: the message names the setting that cures it. */
@Timeout(60)
class RefusedHeadersTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final String LISTING =
      "<ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated></ListBucketResult>";
  private static final String TRAILERS =
      "this store does not support checksum trailers; set checksums=when-required";
  private static final String CONDITION = "this store does not support If-None-Match";

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          400 | InvalidArgument       | x-amz-content-sha256 must be UNSIGNED-PAYLOAD        | does not support checksum trailers; set
          400 | InvalidRequest        | Unsupported header 'x-amz-sdk-checksum-algorithm'    | does not support checksum trailers; set
          400 | InvalidArgument       | aws-chunked encoding is not supported                | does not support checksum trailers; set
          400 | InvalidRequest        | no                                                   | may not support checksum trailers; try
          403 | SignatureDoesNotMatch | The request signature we calculated does not match   | may not support checksum trailers; try
          411 | MissingContentLength  | You must provide the Content-Length HTTP header      | does not support checksum trailers; set
          411 | ''                    | Length Required                                      | may not support checksum trailers; try
          501 | NotImplemented        | Transfer-Encoding is not implemented                 | does not support checksum trailers; set
          """)
  void aStoreWithoutTrailersIsToldWithTheSettingThatCuresIt(
      int status, String code, String said, String advice) throws Exception {
    StoreException failure = refusedPut(error(status, code, said));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure)
        .hasMessageContainingAll(advice, "checksums=when-required", "HTTP " + status);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          400 | InvalidStorageClass | The storage class you specified is not valid
          400 | EntityTooLarge      | too large
          400 | KMS.NotFoundException | no such key
          403 | AccessDenied        | Access Denied
          404 | NoSuchBucket        | no such bucket
          """)
  void anErrorAboutSomethingElseIsToldWithoutTheSetting(int status, String code, String said)
      throws Exception {
    assertThat(refusedPut(error(status, code, said)).getMessage())
        .doesNotContain("checksums=", "create=");
  }

  /** Wrong credentials: reads are refused as well. */
  @Test
  void aWrongSignatureOfEveryRequestIsADenial() throws Exception {
    try (S3Server server = new S3Server(line -> error(403, "SignatureDoesNotMatch", "no"));
        ObjectStore store = Opened.store("s3://bucket/p", server.settings())) {
      StoreException failure = Failures.of(() -> put(store, 100));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure.getMessage()).doesNotContain("checksums=");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          400 | InvalidArgument       | x-amz-content-sha256
          403 | SignatureDoesNotMatch | no
          411 | MissingContentLength  | no
          """)
  void whatIsSetAlreadyIsNotAdvised(int status, String code, String said) throws Exception {
    StoreException failure = refusedPut(error(status, code, said), "checksums", "when-required");
    assertThat(failure.getMessage()).doesNotContain("checksums=");
  }

  /** A delete carries a checksum whatever is set. */
  @Test
  void aRefusedDeleteIsNotToldWithWhatIsSetAlready() throws Exception {
    try (S3Server server = refusing(error(501, "NotImplemented", "x-amz-checksum-crc32"));
        ObjectStore store =
            Opened.store("s3://bucket/p", server.settings(), "checksums", "when-required")) {
      assertThat(Failures.of(() -> store.delete(List.of(NAME))).getMessage())
          .contains("does not support this request")
          .doesNotContain("checksums=");
    }
  }

  @Test
  void aStoreWithoutConditionsIsToldToBeAskedForByName() throws Exception {
    Answer answer = error(501, "NotImplemented", "A header implies functionality that is missing");
    for (String[] settings :
        new String[][] {{"store", "backblaze-b2"}, {"checksums", "when-required"}}) {
      StoreException failure = refusedPut(answer, settings);
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure)
          .hasMessageContainingAll(
              CONDITION, "with create=checked one writer at a time may use it", "HTTP 501");
      assertThat(failure.getMessage()).doesNotContain("checksums=");
    }
  }

  /** Both headers are sent, and the store does not say which it means. */
  @Test
  void aRefusalThatNamesNoHeaderIsToldWithBothSettings() throws Exception {
    assertThat(refusedPut(error(501, "NotImplemented", "A header is not implemented")))
        .hasMessageContainingAll("If-None-Match", "checksums=when-required", "create=checked");
  }

  @ParameterizedTest
  @CsvSource({"400, InvalidArgument", "400, InvalidRequest", "501, NotImplemented"})
  void theHeaderThatTheStoreNamesDecides(int status, String code) throws Exception {
    assertThat(refusedPut(error(status, code, "If-None-Match is not supported")).getMessage())
        .contains(CONDITION)
        .doesNotContain("checksums=");
    Answer beside = Answer.of(
        status,
        "",
        "<Error><Code>" + code + "</Code><Message>A header is not implemented</Message>"
            + "<Header>x-amz-trailer</Header></Error>");
    assertThat(refusedPut(beside).getMessage()).contains(TRAILERS).doesNotContain("create=");
  }

  @Test
  void partsAndDeletesAreToldInTheSameWay() throws Exception {
    Answer answer = error(400, "InvalidRequest", "Unsupported header x-amz-checksum-crc32");
    try (S3Server server = refusing(answer);
        ObjectStore store = Opened.store("s3://bucket/p", server.settings())) {
      assertThat(Failures.of(() -> put(store, (5 << 20) + 1))).hasMessageContaining(TRAILERS);
      assertThat(Failures.of(() -> store.delete(List.of(NAME)))).hasMessageContaining(TRAILERS);
    }
  }

  private static StoreException refusedPut(Answer answer, String... settings) throws Exception {
    try (S3Server server = refusing(answer);
        ObjectStore store = Opened.store("s3://bucket/p", server.settings(), settings)) {
      store.list(ObjectPrefix.ALL, ListCursor.START);
      return Failures.of(() -> put(store, 100));
    }
  }

  private static S3Server refusing(Answer answer) throws Exception {
    return new S3Server(line -> line.startsWith("GET") ? Answer.of(200, "", LISTING) : answer);
  }

  private static void put(ObjectStore store, int length) throws StoreException {
    store.put(new PutRequest(NAME, new RandomSource(1, length), Placement.STANDARD));
  }

  private static Answer error(int status, String code, String said) {
    return Answer.of(
        status, "", "<Error><Code>" + code + "</Code><Message>" + said + "</Message></Error>");
  }
}
