package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Severity;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.LogLines;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a bucket reports about itself, and what happens when it does not. */
@Timeout(60)
class GcsInspectionTest {

  private static final String BUCKET = "bucket-of-inspections";

  private final GcsStoreProvider provider = new GcsStoreProvider();

  private StoreReport report(GcsServer server, String bucket, String... more)
      throws StoreException {
    Map<String, String> all =
        new HashMap<>(Map.of("endpoint", server.url().toString(), "anonymous", "true"));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return provider.inspect(
        StoreUrl.parse("gs://" + bucket + "/p"), StoreSettings.of(all, provider.settingNames()));
  }

  private static StoreFact fact(StoreReport report, Topic topic) {
    return report.about(topic).orElseThrow();
  }

  @Test
  void theConfigurationOfABucketIsReported() throws Exception {
    try (GcsServer server = GcsServer.inMemory()) {
      server.createBucket(BUCKET);
      StoreReport report = report(server, BUCKET);

      assertThat(report.permissionFirst()).isTrue();
      assertThat(report.clockAhead().orElseThrow().abs()).isLessThan(Duration.ofMinutes(1));
      assertThat(fact(report, Topic.IDENTITY).what()).isEqualTo("anonymous");
      assertThat(fact(report, Topic.STORE).what()).isEqualTo(server.url().getAuthority());
      assertThat(fact(report, Topic.VERSIONING).severity()).isEqualTo(Severity.CONCERN);
      assertThat(fact(report, Topic.RETENTION).what()).isEqualTo("off");
      assertThat(fact(report, Topic.ENCRYPTION).what()).isEqualTo("the store's own");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      GOOD | {}
      GOOD | {"rule": []}
      CONCERN | {"rule": [{"action": {"type": "Delete"}, "condition": {"age": 90}}]}
      CONCERN | {"rule": [{"action": {"type": "Delete"}, "condition": {"matchesPrefix": ["q", "p/"]}}]}
      CONCERN | {"rule": [{"action": {"type": "Delete"}, "condition": {"matchesPrefix": ["p/chunks/"]}}]}
      GOOD | {"rule": [{"action": {"type": "Delete"}, "condition": {"matchesPrefix": ["q"]}}]}
      GOOD | {"rule": [{"action": {"type": "Delete"}, "condition": {"isLive": false}}]}
      GOOD | {"rule": [{"action": {"type": "Delete"}, "condition": {"numNewerVersions": 2}}]}
      GOOD | {"rule": [{"action": {"type": "Delete"}, "condition": {"daysSinceNoncurrentTime": 9}}]}
      GOOD | {"rule": [{"action": {"type": "AbortIncompleteMultipartUpload"}, "condition": {"age": 9}}]}
      GOOD | {"rule": [{"action": {"type": "SetStorageClass", "storageClass": "COLDLINE"}}]}
      """)
  void aRuleThatRemovesObjectsOfThePrefixIsAConcern(Severity severity, String lifecycle)
      throws Exception {
    try (GcsServer server = GcsServer.inMemory()) {
      server.createBucket(BUCKET);
      server.patchBucket(BUCKET, "{\"lifecycle\": " + lifecycle + "}");

      assertThat(fact(report(server, BUCKET), Topic.EXPIRY).severity()).isEqualTo(severity);
    }
  }

  @Test
  void withAConfiguredKeyTheBucketsEncryptionIsNotReported() throws Exception {
    try (GcsServer server = GcsServer.inMemory()) {
      server.createBucket(BUCKET);
      String key = "projects/p/locations/eu/keyRings/r/cryptoKeys/k";

      assertThat(fact(report(server, BUCKET, "kms-key", key), Topic.ENCRYPTION).what())
          .contains("kms-key");
    }
  }

  @Test
  void withoutPermissionsFactsAreUnknown() throws Exception {
    try (GcsServer server = GcsServer.inMemory()) {
      server.createBucket(BUCKET);
      server.identities().requireTokens();
      StoreReport report = report(server, BUCKET);

      assertThat(report.clockAhead()).isEmpty();
      for (Topic topic : new Topic[] {
        Topic.REGION, Topic.VERSIONING, Topic.RETENTION, Topic.EXPIRY, Topic.ENCRYPTION
      }) {
        assertThat(fact(report, topic).severity()).as("%s", topic).isEqualTo(Severity.UNKNOWN);
        assertThat(fact(report, topic).what()).contains("storage.buckets.get");
      }
    }
  }

  @Test
  void whatTheStoreDoesNotTellIsLoggedWithItsReason() throws Exception {
    try (GcsServer server = GcsServer.inMemory();
        LogLines log = new LogLines()) {
      server.createBucket(BUCKET);
      server.identities().requireTokens();
      report(server, BUCKET);

      assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("HTTP 401"));
      assertThat(log.lines().get(0))
          .startsWith("DEBUG GcsInspection: the store's clock is unknown");
      assertThat(log.lines().get(1))
          .startsWith("DEBUG GcsInspection: the bucket's properties are unknown");
    }
  }

  @Test
  void aBucketThatIsNotThereIsRejected() throws Exception {
    try (GcsServer server = GcsServer.inMemory()) {
      StoreException failure = catchThrowableOfType(
          StoreException.class, () -> report(server, "no-bucket-of-this-name"));

      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void everyPermissionHasAName(Permission need) {
    assertThat(provider.permission(need)).matches("(storage\\.objects|cloudkms)\\..*");
  }
}
