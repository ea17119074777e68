package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Severity;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.http.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** What a bucket reports about itself, and what happens when it does not. */
@Timeout(600)
class S3InspectionTest {

  private static final String LISTING = "<ListBucketResult><Name>bucket</Name>"
      + "<IsTruncated>false</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>";

  private final S3StoreProvider provider = new S3StoreProvider();

  private StoreReport report(String url, Map<String, String> settings, String... more)
      throws StoreException {
    Map<String, String> all = new HashMap<>(settings);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return provider.inspect(StoreUrl.parse(url), StoreSettings.of(all, provider.settingNames()));
  }

  private static StoreFact fact(StoreReport report, Topic topic) {
    return report.about(topic).orElseThrow();
  }

  private static Function<String, Answer> listing(String headers, Answer others) {
    return line -> line.contains("list-type=2") ? Answer.of(200, headers, LISTING) : others;
  }

  @Test
  void theConfigurationOfABucketIsReported() throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    String bucket = server.newBucket();
    StoreReport plain = report("s3://" + bucket + "/p", server.settings());
    assertThat(fact(plain, Topic.VERSIONING).severity()).isEqualTo(Severity.CONCERN);
    assertThat(fact(plain, Topic.REGION).what()).startsWith("us-east-1");
    assertThat(fact(plain, Topic.STORE))
        .isEqualTo(StoreFact.good(
            Topic.STORE, server.endpoint().getAuthority() + ", taken to be of the kind unknown"));
    assertThat(plain.permissionFirst()).isTrue();

    try (S3Client client = server.client()) {
      client.putBucketVersioning(b ->
          b.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    }
    assertThat(fact(report("s3://" + bucket, server.settings()), Topic.VERSIONING))
        .isEqualTo(StoreFact.good(Topic.VERSIONING, "on"));
  }

  @Test
  void theRetentionOfALockedBucketIsReported() throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    String bucket = server.newBucket() + "-locked";
    try (S3Client client = server.client()) {
      client.createBucket(b -> b.bucket(bucket).objectLockEnabledForBucket(true));
      client.putObjectLockConfiguration(b -> b.bucket(bucket)
          .objectLockConfiguration(c -> c.objectLockEnabled("Enabled")
              .rule(r -> r.defaultRetention(
                  d -> d.mode(ObjectLockRetentionMode.GOVERNANCE).days(30)))));
    }

    assertThat(
            fact(report("s3://" + bucket, server.settings()), Topic.RETENTION).what())
        .isEqualTo("on: GOVERNANCE, 30 days; nothing can be removed before");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      CONCERN | Enabled | <Filter><Prefix/></Filter><Expiration><Days>9</Days></Expiration>
      CONCERN | Enabled | <Expiration><Days>9</Days></Expiration><Prefix>p/chunks/</Prefix>
      CONCERN | Enabled | <Filter/><Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration>
      GOOD | Disabled | <Filter><Prefix/></Filter><Expiration><Days>9</Days></Expiration>
      GOOD | Enabled | <Filter><Prefix>q</Prefix></Filter><Expiration><Days>9</Days></Expiration>
      GOOD | Enabled | <Filter/><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>
      GOOD | Enabled | <Filter/><NoncurrentVersionExpiration><NoncurrentDays>9</NoncurrentDays></NoncurrentVersionExpiration>
      GOOD | Enabled | <Filter><Tag><Key>a</Key><Value>2</Value></Tag></Filter><Expiration><Days>9</Days></Expiration>
      CONCERN | Enabled | <Filter><Tag><Key>a</Key><Value>1</Value></Tag></Filter><Expiration><Days>9</Days></Expiration>
      GOOD | Enabled | <Filter><And><Prefix>q</Prefix><Tag><Key>a</Key><Value>1</Value></Tag></And></Filter><Expiration><Days>9</Days></Expiration>
      CONCERN | Enabled | <Filter><And><Prefix>p</Prefix><Tag><Key>a</Key><Value>1</Value></Tag></And></Filter><Expiration><Days>9</Days></Expiration>
      """)
  void aRuleThatRemovesObjectsOfThePrefixIsAConcern(Severity severity, String status, String rule)
      throws Exception {
    String answer = "<LifecycleConfiguration><Rule><ID>old</ID><Status>" + status + "</Status>"
        + rule + "</Rule></LifecycleConfiguration>";
    Function<String, Answer> answers = line -> line.contains("?lifecycle")
        ? Answer.of(200, "", answer)
        : S3Server.error(501, "NotImplemented");
    try (S3Server server = new S3Server(
        line -> line.contains("list-type=2") ? Answer.of(200, "", LISTING) : answers.apply(line))) {
      StoreFact expiry =
          fact(report("s3://bucket/p", server.settings(), "tags", "a=1"), Topic.EXPIRY);

      assertThat(expiry.severity()).isEqualTo(severity);
      assertThat(expiry.what())
          .isEqualTo(
              severity == Severity.GOOD
                  ? "no rule removes objects here"
                  : "the lifecycle rule \"old\" removes objects under this prefix when they get old:"
                      + " backups rely on old objects");
    }
  }

  @Test
  void aBucketWithoutRulesHasNone() throws Exception {
    S3Emulator server = S3Emulator.s3mock();

    assertThat(fact(report("s3://" + server.newBucket(), server.settings()), Topic.EXPIRY)
            .what())
        .isEqualTo("off");
  }

  @Test
  void onlyTheEndOfTheAccessKeyIsShown() throws Exception {
    S3Emulator server = S3Emulator.s3proxy();
    StoreReport report = report("s3://" + server.newBucket(), server.settings());

    assertThat(fact(report, Topic.IDENTITY).what())
        .isEqualTo("access key ...ream, from the Java property aws.accessKeyId");
    assertThat(report.toString())
        .doesNotContain(server.environment().get("AWS_ACCESS_KEY_ID"))
        .doesNotContain(server.environment().get("AWS_SECRET_ACCESS_KEY"));
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, UNKNOWN, 'not told to this identity (s3:GetBucketVersioning, not needed)'",
    "501, NotImplemented, UNKNOWN, the store does not tell",
    "503, SlowDown, UNKNOWN, the store does not tell",
    "404, SomeConfigurationNotFound, GOOD, off"
  })
  void anUnknownFactIsNotAFailure(int status, String code, Severity severity, String what)
      throws Exception {
    try (S3Server server = new S3Server(listing("", S3Server.error(status, code)))) {
      StoreReport report = report("s3://bucket/p", server.settings());

      assertThat(fact(report, Topic.VERSIONING).severity()).isEqualTo(severity);
      assertThat(fact(report, Topic.VERSIONING).what()).isEqualTo(what);
    }
  }

  @Test
  void dateAndRegionOfTheAnswerAreReported() throws Exception {
    String headers = "Date: Tue, 14 Jan 2020 10:00:00 GMT\r\nx-amz-bucket-region: eu-north-1\r\n";
    try (S3Server server = new S3Server(listing(headers, S3Server.error(501, "NotImplemented")))) {
      StoreReport report = report("s3://bucket/p", server.settings());

      assertThat(report.clockAhead().orElseThrow()).isLessThan(Duration.ofDays(-365));
      assertThat(fact(report, Topic.REGION).what()).isEqualTo("eu-north-1");
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "'Date: yesterday\r\n'"})
  void withoutADateTheClockIsUnknown(String headers) throws Exception {
    try (S3Server server = new S3Server(listing(headers, S3Server.error(501, "NotImplemented")))) {
      assertThat(report("s3://bucket/p", server.settings()).clockAhead()).isEmpty();
    }
  }

  @Test
  void withoutTheRightToListOtherFactsAreReported() throws Exception {
    try (S3Server server = new S3Server(line -> S3Server.error(403, "AccessDenied"))) {
      StoreReport report = report("s3://bucket/p", server.settings());

      assertThat(report.clockAhead()).isEmpty();
      assertThat(fact(report, Topic.IDENTITY).severity()).isEqualTo(Severity.GOOD);
    }
  }

  @Test
  void whatTheStoreDoesNotTellIsLoggedWithItsReason() throws Exception {
    try (S3Server server = new S3Server(line -> S3Server.error(403, "AccessDenied"));
        LogLines log = new LogLines()) {
      report("s3://bucket/p", server.settings());

      assertThat(log.lines()).hasSize(5).allMatch(line -> line.contains("AccessDenied"));
      assertThat(log.lines().get(0)).startsWith("DEBUG S3Inspection: the store's clock is unknown");
      assertThat(log.lines().get(1)).startsWith("DEBUG S3Inspection: no answer about VERSIONING");
    }
  }

  @Test
  void aBucketThatIsNotThereIsRejected() throws Exception {
    try (S3Server server = new S3Server(line -> S3Server.error(404, "NoSuchBucket"))) {
      assertThat(Failures.of(() -> report("s3://bucket/p", server.settings())).kind())
          .isEqualTo(Kind.REJECTED);
    }
  }

  @Test
  void withAConfiguredKeyTheBucketsEncryptionIsNotAskedFor() throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    StoreReport report =
        report("s3://" + server.newBucket(), server.settings(), "kms-key", "alias/backups");

    assertThat(fact(report, Topic.ENCRYPTION).what()).contains("kms-key");
  }

  @Test
  void theKnownLimitsOfAStoreAreReported() throws Exception {
    try (S3Server server = new S3Server(listing("", S3Server.error(501, "NotImplemented")))) {
      StoreProfile careless = StoreProfiles.known().stream()
          .filter(profile -> profile.lack().isPresent())
          .findFirst()
          .orElseThrow();
      StoreReport report = report("s3://bucket/p", server.settings(), "store", careless.name());

      assertThat(fact(report, Topic.STORE).severity()).isEqualTo(Severity.CONCERN);
      assertThat(fact(report, Topic.STORE).what()).contains(careless.lack().orElseThrow());
      assertThat(fact(report, Topic.STORE).advice()).isEqualTo(careless.advice());
    }
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void everyPermissionHasAName(Permission need) {
    assertThat(provider.permission(need)).matches("(s3|kms):.*");
  }
}
