package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.SweepResult;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.network.Network;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.http.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** How old an upload is, by whose clock. */
@Timeout(60)
class SweepTimeTest {

  @Test
  void aNewUploadIsYoungWhateverTheLocalClockSays() throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    String bucket = server.newBucket();
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(3));
    try (S3Client client = server.client();
        ObjectStore store = open("s3://" + bucket + "/p", server.settings(), ahead)) {
      client.createMultipartUpload(b -> b.bucket(bucket).key("p/chunks/a"));
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)))
          .isEqualTo(new SweepResult(0, 0));
      assertThat(client.listMultipartUploads(b -> b.bucket(bucket)).uploads()).hasSize(1);
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofHours(-1)))
          .isEqualTo(new SweepResult(1, 1));
    }
  }

  /** An upload of the 1st of January, from whose day on two days are waited. */
  @ParameterizedTest
  @CsvSource({
    // What the store's answer has in its head, what the clock here says, and how many are swept.
    "'Date: Fri, 02 Jan 2026 23:00:00 GMT\r\n', 2026-01-05T00:00:00Z, 0",
    "'Date: Sat, 03 Jan 2026 01:00:00 GMT\r\n', 2025-12-01T00:00:00Z, 1",
    "'', 2026-01-02T23:00:00Z, 0",
    "'', 2026-01-03T01:00:00Z, 1",
    "'Date: yesterday\r\n', 2026-01-02T23:00:00Z, 0",
    "'Date: yesterday\r\n', 2026-01-03T01:00:00Z, 1",
  })
  void theStoresDateOverridesTheLocalClock(String header, Instant here, int swept)
      throws Exception {
    String uploads = "<ListMultipartUploadsResult>" + ScriptedUploads.upload("old", "")
        + "</ListMultipartUploadsResult>";
    try (S3Server server = new S3Server(line ->
            line.startsWith("GET") ? Answer.of(200, header, uploads) : Answer.of(204, "", ""));
        ObjectStore store =
            open("s3://bucket/p", server.settings(), Clock.fixed(here, ZoneOffset.UTC))) {
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(2)))
          .isEqualTo(new SweepResult(swept, swept));
      assertThat(server.requests().stream().filter(line -> line.startsWith("DELETE")))
          .hasSize(swept);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Key>p/chunks/a</Key><UploadId>old</UploadId>",
        "<Key>p/chunks/a</Key><UploadId>old</UploadId><Initiated></Initiated>",
        "<Key>p/chunks/a</Key><UploadId></UploadId><Initiated>2026-01-01T00:00:00Z</Initiated>",
        "<Key/><UploadId>old</UploadId><Initiated>2026-01-01T00:00:00Z</Initiated>",
      })
  void anUploadThatIsListedIncompletelyIsLeftAlone(String told) throws Exception {
    String uploads =
        "<ListMultipartUploadsResult><Upload>" + told + "</Upload></ListMultipartUploadsResult>";
    try (S3Server server = new S3Server(line -> Answer.of(200, "", uploads));
        ObjectStore store = open("s3://bucket/p", server.settings(), Clock.systemUTC())) {
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ZERO)).isEqualTo(new SweepResult(0, 0));
      assertThat(server.requests()).noneMatch(line -> line.startsWith("DELETE"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // What the listing says of its next page, and how the marker comes back in the next request.
    "<NextKeyMarker>p/chunks/a</NextKeyMarker><NextUploadIdMarker>old</NextUploadIdMarker>, "
        + "key-marker=p%2Fchunks%2Fa&prefix=p%2F&upload-id-marker=old",
    "<NextKeyMarker></NextKeyMarker><NextUploadIdMarker>old</NextUploadIdMarker>, "
        + "key-marker=p%2Fchunks%2Fa&prefix=p%2F&upload-id-marker=old",
    "<NextKeyMarker>p/chunks/a</NextKeyMarker>, key-marker=p%2Fchunks%2Fa&prefix=p%2F",
    "<NextUploadIdMarker/>, key-marker=p%2Fchunks%2Fa&prefix=p%2F",
  })
  void everyPageIsSweptWithAnyKindOfMarker(String markers, String asked) throws Exception {
    String first = "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>" + markers
        + ScriptedUploads.upload("old", "") + "</ListMultipartUploadsResult>";
    String second = "<ListMultipartUploadsResult>" + ScriptedUploads.upload("older", "")
        + "</ListMultipartUploadsResult>";
    try (S3Server server = new S3Server(line -> line.startsWith("GET")
            ? Answer.of(200, "", line.contains("key-marker") ? second : first)
            : Answer.of(204, "", ""));
        ObjectStore store = open("s3://bucket/p", server.settings(), Clock.systemUTC())) {
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ZERO)).isEqualTo(new SweepResult(2, 2));
      assertThat(server.requests()).anyMatch(line -> line.contains(asked));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<NextKeyMarker>p/chunks/a</NextKeyMarker>, UNAVAILABLE, does not advance",
    "<NextKeyMarker>p/a</NextKeyMarker><NextUploadIdMarker>old</NextUploadIdMarker>, UNAVAILABLE,"
        + " does not advance",
    "'', REJECTED, 'there is more, but not where'",
  })
  void aListingThatDoesNotAdvanceIsRefused(String markers, Kind kind, String why) throws Exception {
    String uploads = "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>" + markers
        + "</ListMultipartUploadsResult>";
    try (S3Server server = new S3Server(line -> Answer.of(200, "", uploads));
        ObjectStore store = open("s3://bucket/p", server.settings(), Clock.systemUTC())) {
      StoreException failure = Failures.of(() -> store.sweep(ObjectPrefix.ALL, Duration.ZERO));
      assertThat(failure).hasMessageContaining(why);
      assertThat(failure.kind()).isEqualTo(kind);
    }
  }

  private static ObjectStore open(String url, Map<String, String> settings, Clock clock)
      throws StoreException {
    S3Settings parsed =
        S3Settings.of(StoreUrl.parse(url), StoreSettings.of(settings, S3Settings.NAMES));
    return new CloudStore(
        new S3Driver(
            S3Connection.open(parsed, Network.DIRECT, new CredentialChain(Network.DIRECT)), parsed),
        StoreTools.NONE,
        clock);
  }
}
