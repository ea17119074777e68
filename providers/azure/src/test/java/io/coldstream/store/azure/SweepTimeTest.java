package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.SweepResult;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.http.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How old blocks are that nobody has committed, by whose clock. */
@Timeout(60)
class SweepTimeTest {

  private static final String XML = "Content-Type: application/xml\r\n";

  /** Blocks of the 1st of January, from whose day on two days are waited. */
  @ParameterizedTest
  @CsvSource({
    // What the service's answer has in its head, what the clock here says, and how many are
    // counted.
    "'Date: Fri, 02 Jan 2026 23:00:00 GMT\r\n', 2026-01-05T00:00:00Z, 0",
    "'Date: Sat, 03 Jan 2026 01:00:00 GMT\r\n', 2025-12-01T00:00:00Z, 1",
    "'', 2026-01-02T23:00:00Z, 0",
    "'', 2026-01-03T01:00:00Z, 1",
  })
  void theServicesDateOverridesTheLocalClock(String header, Instant here, int counted)
      throws Exception {
    String listing = "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults"
        + " ServiceEndpoint=\"http://x/\" ContainerName=\"container\"><Blobs><Blob>"
        + "<Name>p/chunks/a</Name><Properties>"
        + "<Last-Modified>Thu, 01 Jan 2026 00:00:00 GMT</Last-Modified>"
        + "<Content-Length>0</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>"
        + "</Blobs><NextMarker/></EnumerationResults>";
    String blocks =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><UncommittedBlocks><Block>"
            + "<Name>YQ==</Name><Size>1</Size></Block></UncommittedBlocks></BlockList>";
    try (RawAzure server = new RawAzure(line -> line.contains("restype=container")
            ? Answer.of(200, XML + header, listing)
            : Answer.of(200, XML, blocks));
        ObjectStore store = open(server, Clock.fixed(here, ZoneOffset.UTC))) {
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(2)))
          .isEqualTo(new SweepResult(counted, 0));
    }
  }

  private static ObjectStore open(RawAzure server, Clock clock) throws Exception {
    AzureSettings settings = AzureSettings.of(
        StoreUrl.parse(RawAzure.URL),
        StoreSettings.of(Map.of("endpoint", server.uri() + "/account"), AzureSettings.NAMES));
    AzureConnection connection =
        AzureConnection.open(settings, Network.DIRECT, Credentials.of(RawAzure.KEY));
    return new CloudStore(new AzureDriver(connection, settings), StoreTools.NONE, clock);
  }
}
