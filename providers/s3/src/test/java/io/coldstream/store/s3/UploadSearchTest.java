package io.coldstream.store.s3;

import static io.coldstream.store.s3.ScriptedUploads.MD5;
import static io.coldstream.store.s3.ScriptedUploads.completed;
import static io.coldstream.store.s3.ScriptedUploads.part;
import static io.coldstream.store.s3.ScriptedUploads.parts;
import static io.coldstream.store.s3.ScriptedUploads.upload;
import static io.coldstream.store.s3.ScriptedUploads.uploads;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Checksums;
import io.coldstream.store.testkit.RandomSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stores may answer when an unfinished upload is searched, resumed and completed. */
@Timeout(60)
class UploadSearchTest {

  private static final int PART = 5 << 20;
  private static final RandomSource SOURCE = new RandomSource(1, PART + 1);
  private static final byte[] FIRST = Arrays.copyOf(SOURCE.bytes(), PART);
  private static final byte[] SECOND = Arrays.copyOfRange(SOURCE.bytes(), PART, PART + 1);

  private final ScriptedUploads server = new ScriptedUploads();

  @BeforeEach
  void completesWithTheRightLength() {
    server.completedBytes = SOURCE.lengthBytes();
  }

  @ParameterizedTest
  @CsvSource({"403, AccessDenied", "501, NotImplemented", "400, InvalidArgument", "404, ''"})
  void withoutTheRightToListUploadsAPutStartsFromScratch(int status, String code) throws Exception {
    server.uploads = S3Server.error(status, code);
    put();
    assertThat(server.sent()).containsExactly("new/1", "new/2");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied",
    "501, NotImplemented",
    "400, InvalidArgument",
    "404, NoSuchUpload"
  })
  void withoutTheRightToListPartsAPutStartsFromScratch(int status, String code) throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(S3Server.error(status, code));
    put();
    assertThat(server.sent()).containsExactly("new/1", "new/2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"InternalError", "SlowDown"})
  void aSuccessStatusWithAnErrorBeginsNoUpload(String code) throws Exception {
    server.creation = S3Server.error(200, code);
    assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(server.sent()).isEmpty();
  }

  @Test
  void aBusyListingOfUploadsIsUnavailable() throws Exception {
    server.uploads = S3Server.error(503, "SlowDown");
    assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(server.created).isZero();
  }

  @Test
  void allPagesOfAListingAreRead() throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(
        parts(truncated(1), part(1, PART, md5(FIRST), "")), parts("", part(2, 1, md5(SECOND), "")));
    put();
    assertThat(server.partLists).isEqualTo(2);
    assertThat(server.sent()).isEmpty();
    assertThat(server.created).isZero();
  }

  @Test
  void aListingOfPartsThatDoesNotAdvanceIsUnavailable() throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(parts(truncated(1), part(1, PART, md5(FIRST), "")));
    StoreException failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("the listing of uploaded parts does not advance")
        .hasMessageContaining("\"1\"");
    assertThat(server.partLists).isEqualTo(2);
    assertThat(server.sent()).isEmpty();
  }

  @Test
  void aListingOfUploadsThatDoesNotAdvanceIsUnavailable() throws Exception {
    server.uploads = uploads(
        "<IsTruncated>true</IsTruncated><NextKeyMarker>p/chunks/a</NextKeyMarker>"
            + "<NextUploadIdMarker>old</NextUploadIdMarker>",
        upload("old", ""));
    StoreException failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("the listing of unfinished uploads does not advance")
        .hasMessageContaining("\"p/chunks/a old\"");
    assertThat(server.uploadLists).isEqualTo(2);
    assertThat(server.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 10_001})
  void anUploadWithAPartBeyondTheSourceIsAnotherOnes(int number) throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts =
        List.of(parts("", part(1, PART, md5(FIRST), ""), part(number, 1, md5(SECOND), "")));
    put();
    assertThat(server.sent()).containsExactly("new/1", "new/2");
    assertThat(server.aborted).isEmpty();
  }

  @Test
  void withAKmsKeyAnEtagIsNotCompared() throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(parts("", part(1, PART, md5(FIRST), "")));
    put("kms-key", "alias/a");
    assertThat(server.sent()).containsExactly("new/1", "new/2");
  }

  @Test
  void withAKmsKeyTheListedChecksumIsCompared() throws Exception {
    server.uploads = uploads(upload("old", "<ChecksumAlgorithm>CRC32C</ChecksumAlgorithm>"));
    server.parts = List.of(parts("", part(1, PART, MD5, crc32c(FIRST))));
    put("kms-key", "alias/a");
    assertThat(server.sent()).containsExactly("old/2");
  }

  @Test
  void theListedChecksumOverridesTheEtag() throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(parts("", part(1, PART, md5(FIRST), crc32c(SECOND))));
    put();
    assertThat(server.sent()).containsExactly("new/1", "new/2");
  }

  @Test
  void aPartThatCannotBeComparedIsSentAgain() throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts =
        List.of(parts("", part(1, PART, "opaque", crc32c(FIRST)), part(2, 1, "opaque", "")));
    put();
    assertThat(server.sent()).containsExactly("old/2");
  }

  @ParameterizedTest
  @CsvSource({
    // What the listing says of the upload, the settings; whether it is resumed.
    "<ChecksumAlgorithm>CRC32C</ChecksumAlgorithm>, checksums, always, true",
    "<ChecksumAlgorithm>CRC32C</ChecksumAlgorithm>, checksums, when-required, false",
    "<ChecksumAlgorithm>SHA256</ChecksumAlgorithm>, checksums, always, false",
    "<StorageClass>STANDARD</StorageClass>, checksums, always, true",
    "<StorageClass>STANDARD_IA</StorageClass>, checksums, always, false",
    "<StorageClass>STANDARD_IA</StorageClass>, storage-class, STANDARD_IA, true",
    "<StorageClass>STANDARD</StorageClass>, storage-class, STANDARD_IA, false",
    // What a store does not tell is no reason against it: left out, or sent empty.
    "'', storage-class, STANDARD_IA, true",
    "<StorageClass></StorageClass>, checksums, always, true",
    "<StorageClass></StorageClass>, storage-class, STANDARD_IA, true",
    "<StorageClass/>, checksums, always, true",
    "<StorageClass>Standard</StorageClass>, checksums, always, true",
    "<ChecksumAlgorithm></ChecksumAlgorithm>, checksums, always, true",
    "<ChecksumAlgorithm></ChecksumAlgorithm>, checksums, when-required, true",
    "<ChecksumAlgorithm/>, checksums, always, true",
    "<ChecksumAlgorithm>crc32c</ChecksumAlgorithm>, checksums, always, true",
    "<ChecksumAlgorithm>crc32c</ChecksumAlgorithm>, checksums, when-required, false",
    "<ChecksumType></ChecksumType>, checksums, always, true",
    "<Owner></Owner><Initiator/>, checksums, always, true",
  })
  void onlyAnUploadThatWasBegunAsOursIsGoneOnWith(
      String said, String setting, String value, boolean goesOn) throws Exception {
    server.uploads = uploads(upload("old", said));
    server.parts = List.of(parts("", part(1, PART, md5(FIRST), "")));
    put(setting, value);
    assertThat(server.sent()).contains(goesOn ? "old/2" : "new/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<Initiated></Initiated>",
        "<Initiated/>",
        "<Initiated>2026-01-01T00:00:00Z</Initiated>",
        "<Initiated>2026-01-01T00:00:00+00:00</Initiated>",
        "<Initiated>\n </Initiated>",
      })
  void anUploadIsResumedWithAnyFormOfItsStartTime(String initiated) throws Exception {
    server.uploads =
        uploads("<Upload><Key>p/chunks/a</Key><UploadId>old</UploadId>" + initiated + "</Upload>");
    server.parts = List.of(parts("", part(1, PART, md5(FIRST), "")));
    put();
    assertThat(server.sent()).containsExactly("old/2");
  }

  @ParameterizedTest
  @CsvSource({
    // What stands around the uploads.
    "<NextKeyMarker></NextKeyMarker><NextUploadIdMarker></NextUploadIdMarker>",
    "<KeyMarker/><UploadIdMarker/><Prefix/><Delimiter/><EncodingType/>",
    "<MaxUploads></MaxUploads>",
    "<IsTruncated></IsTruncated>",
    "<IsTruncated>true</IsTruncated>",
    "<IsTruncated>true</IsTruncated><NextKeyMarker></NextKeyMarker>",
  })
  void anUploadIsResumedWithEmptyFieldsInTheListing(String around) throws Exception {
    server.uploads = uploads(around, upload("old", ""));
    server.parts = List.of(parts("", part(1, PART, md5(FIRST), "")));
    put();
    assertThat(server.sent()).containsExactly("old/2");
  }

  /** MinIO tells the id of the last upload alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "<NextKeyMarker></NextKeyMarker>", "<NextKeyMarker>p/chunks/a</NextKeyMarker>"
      })
  void theNextPageStartsAfterTheIdOfTheLastUpload(String keyMarker) throws Exception {
    server.uploads = uploads(
        "<IsTruncated>true</IsTruncated><NextUploadIdMarker>other</NextUploadIdMarker>" + keyMarker,
        upload("other", "<StorageClass>STANDARD_IA</StorageClass>"));
    server.moreUploads = uploads(upload("old", ""));
    server.parts = List.of(parts("", part(1, PART, md5(FIRST), "")));
    put();
    assertThat(server.uploadLists).isEqualTo(2);
    assertThat(server.sent()).containsExactly("old/2");
  }

  @ParameterizedTest
  @CsvSource({
    // What the listing says of the first part besides its number and length; how it names the ETag.
    "'', <ETag>%s</ETag>",
    "'', <ETag>\"%s\"</ETag>",
    "'', <ETag>&quot;%s&quot;</ETag>",
    "<ChecksumCRC32C></ChecksumCRC32C>, <ETag>%s</ETag>",
    "<ChecksumCRC32C/><ChecksumSHA256/><ChecksumCRC64NVME/>, <ETag>%s</ETag>",
    "<LastModified></LastModified>, <ETag>%s</ETag>",
  })
  void aPartIsFoundWithAnyFormOfItsFields(String more, String etag) throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(parts(
        "",
        "<Part><PartNumber>1</PartNumber><Size>" + PART + "</Size>"
            + String.format(Locale.ROOT, etag, md5(FIRST).toUpperCase(Locale.ROOT)) + more
            + "</Part>"));
    put();
    assertThat(server.sent()).containsExactly("old/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<NextPartNumberMarker></NextPartNumberMarker><PartNumberMarker/>",
        "<MaxParts></MaxParts>",
        "<StorageClass></StorageClass><ChecksumAlgorithm></ChecksumAlgorithm><Owner/>",
        "<IsTruncated></IsTruncated>",
        "<AbortDate></AbortDate>",
      })
  void partsAreFoundWithEmptyFieldsInTheListing(String around) throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(parts(around, part(1, PART, md5(FIRST), "")));
    put();
    assertThat(server.sent()).containsExactly("old/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<NextPartNumberMarker></NextPartNumberMarker>",
        "<NextPartNumberMarker>0</NextPartNumberMarker>"
      })
  void withoutAMarkerTheNextPageStartsAfterTheLastPart(String marker) throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(
        parts("<IsTruncated>true</IsTruncated>" + marker, part(1, PART, md5(FIRST), "")),
        parts("", part(2, 1, md5(SECOND), "")));
    put();
    assertThat(server.partLists).isEqualTo(2);
    assertThat(server.sent()).isEmpty();
    assertThat(server.created).isZero();
  }

  @Test
  void anUploadThatTheStoreRefusesToResumeIsLeftAlone() throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(parts("", part(1, PART, md5(FIRST), "")));
    server.refusal =
        line -> line.contains("uploadId=old") ? S3Server.error(400, "InvalidRequest") : null;
    put();
    assertThat(server.sent()).containsExactly("new/1", "new/2");
    assertThat(server.aborted).isEmpty();
  }

  @Test
  void aPartThatAnotherProcessSentAgainIsListedAgain() throws Exception {
    server.completing = List.of(S3Server.error(400, "InvalidPart"), completed(""));
    server.parts = List.of(
        parts("", part(1, PART, "other", crc32c(FIRST)), part(2, 1, "other", crc32c(SECOND))));
    try (S3Server raw = new S3Server(server);
        ObjectStore store = Opened.store("s3://bucket/p", raw.settings())) {
      StoreException failure = Failures.of(() -> put(store));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      put(store);
    }
    assertThat(server.partLists).isEqualTo(1);
    assertThat(server.created).isEqualTo(1);
    assertThat(server.sent()).containsExactly("new/1", "new/2");
  }

  @Test
  void anUploadWhoseCorrectPartsAreRefusedTwiceStartsFromScratch() throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(parts("", part(1, PART, md5(FIRST), ""), part(2, 1, md5(SECOND), "")));
    server.completing = List.of(
        S3Server.error(400, "InvalidPart"), S3Server.error(400, "InvalidPart"), completed(""));
    try (S3Server raw = new S3Server(server);
        ObjectStore store = Opened.store("s3://bucket/p", raw.settings())) {
      for (int i = 1; i <= 2; i++) {
        assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(server.sent()).isEmpty();
      }
      put(store);
    }
    assertThat(server.sent()).containsExactly("new/1", "new/2");
    assertThat(server.aborted).as("an upload of others").isEmpty();
  }

  @Test
  void anOwnUploadThatCanNeverBecomeAnObjectIsAborted() throws Exception {
    server.completing = List.of(S3Server.error(501, "NotImplemented"));
    try (S3Server raw = new S3Server(server);
        ObjectStore store = Opened.store("s3://bucket/p", raw.settings())) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(Kind.REJECTED);
    }
    assertThat(server.aborted).containsExactly("new");
  }

  @Test
  void anUploadOfAnotherProcessIsNotResumedAfterAConflict() throws Exception {
    server.uploads = uploads(upload("old", ""));
    server.parts = List.of(parts("", part(1, PART, md5(FIRST), "")));
    server.completing = List.of(S3Server.error(409, "ConditionalRequestConflict"), completed(""));
    try (S3Server raw = new S3Server(server);
        ObjectStore store = Opened.store("s3://bucket/p", raw.settings())) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(Kind.UNAVAILABLE);
      put(store);
    }
    assertThat(server.aborted).isEmpty();
    assertThat(server.sent()).containsExactly("new/1", "new/2", "old/2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChecksumOfTheWholeOrOfThePartsIsAccepted(boolean whole) throws Exception {
    String told = whole ? Checksums.text(crc(SOURCE.bytes())) : composite() + "-2";
    server.completing = List.of(completed(checksum(told)));
    put();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAAAA==", "AAAAAA==-2", "nonsense"})
  void aWrongChecksumIsCorrupt(String told) throws Exception {
    server.completing = List.of(completed(checksum(told)));
    assertThat(failure().kind()).isEqualTo(Kind.CORRUPT);
  }

  @Test
  void withoutAChecksumAnotherLengthIsCorrupt() throws Exception {
    server.completedBytes = SOURCE.lengthBytes() + 1;
    assertThat(failure().kind()).isEqualTo(Kind.CORRUPT);
  }

  @Test
  void anObjectThatIsNotListedAfterItsCompletionIsUnavailable() throws Exception {
    server.completedBytes = 0;
    assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  private void put(String... more) throws IOException {
    try (S3Server raw = new S3Server(server);
        ObjectStore store = Opened.store("s3://bucket/p", raw.settings(), more)) {
      put(store);
    }
  }

  private StoreException failure() throws IOException {
    try (S3Server raw = new S3Server(server);
        ObjectStore store = Opened.store("s3://bucket/p", raw.settings())) {
      return Failures.of(() -> put(store));
    }
  }

  private static void put(ObjectStore store) throws StoreException {
    store.put(new PutRequest(new ObjectName("chunks/a"), SOURCE, Placement.BULK));
  }

  private static String truncated(int marker) {
    return "<IsTruncated>true</IsTruncated><NextPartNumberMarker>" + marker
        + "</NextPartNumberMarker>";
  }

  private static String md5(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.md5().digest(bytes));
  }

  private static String crc32c(byte[] bytes) {
    return checksum(Checksums.text(crc(bytes)));
  }

  private static String checksum(String value) {
    return "<ChecksumCRC32C>" + value + "</ChecksumCRC32C>";
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static String composite() {
    ByteBuffer both = ByteBuffer.allocate(8).putInt(crc(FIRST)).putInt(crc(SECOND));
    return Checksums.text(crc(both.array()));
  }
}
