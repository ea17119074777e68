package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.s3.StoreProfile.Creation;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreProfilesTest {

  private static final Path PAGE = Path.of("../../src/site/markdown/provider-s3.md");

  @Test
  void theTableOfThePageEqualsTheProfilesInCode() throws IOException {
    List<String> rows = Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `"))
        .filter(line -> line.contains("| by "))
        .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1))
        .toList();
    assertThat(rows)
        .isEqualTo(StoreProfiles.known().stream().map(StoreProfilesTest::row).toList());
  }

  /** A row without its last column, which is for people. */
  private static String row(StoreProfile store) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s | %s | %s | %s |",
        store.name(),
        store.hosts().isEmpty() ? "–" : String.join(", ", store.hosts()),
        store.pathStyle() ? "`true`" : "`false`",
        store.checksums() == S3Settings.Checksums.ALWAYS ? "`always`" : "`when-required`",
        NumberFormat.getIntegerInstance(Locale.ROOT).format(store.mostParts()),
        store.creation().shown(),
        store.listing().shown());
  }

  @Test
  void namesAreSortedAndEachHostBelongsToOneStore() {
    assertThat(StoreProfiles.known()).extracting(StoreProfile::name).isSorted();
    assertThat(StoreProfiles.known().stream().flatMap(p -> p.hosts().stream()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "https://s3.eu-central-003.backblazeb2.com, backblaze-b2",
    "https://0123.r2.cloudflarestorage.com, cloudflare-r2",
    "https://0123.eu.R2.CloudflareStorage.com, cloudflare-r2",
    "https://storage.googleapis.com, google-xml",
    "https://s3.fr-par.scw.cloud:443, scaleway",
    "http://s3.localhost.localstack.cloud:4566, localstack",
    "https://bucket.vpce-1.s3.eu-central-1.vpce.amazonaws.com, amazon",
    "https://notamazonaws.com, unknown",
    "https://amazonaws.com.example, unknown",
    "http://127.0.0.1:9000, unknown",
  })
  void anEndpointTellsTheStore(String endpoint, String name) throws StoreException {
    assertThat(of(Map.of("endpoint", endpoint)).store().name()).isEqualTo(name);
  }

  @Test
  void withoutAnEndpointTheStoreIsAmazon() throws StoreException {
    assertThat(of(Map.of()).store().name()).isEqualTo("amazon");
  }

  @Test
  void aProfileGivesTheDefaults() throws StoreException {
    S3Settings settings = of(Map.of("store", "google-xml"));
    assertThat(settings.pathStyle()).isTrue();
    assertThat(settings.checksums()).isEqualTo(S3Settings.Checksums.WHEN_REQUIRED);
  }

  @Test
  void aSettingOverridesTheProfile() throws StoreException {
    S3Settings settings =
        of(Map.of("store", "google-xml", "path-style", "false", "checksums", "always"));
    assertThat(settings.pathStyle()).isFalse();
    assertThat(settings.checksums()).isEqualTo(S3Settings.Checksums.ALWAYS);
  }

  @Test
  void theNameOverridesTheEndpoint() throws StoreException {
    S3Settings settings =
        of(Map.of("store", "minio", "endpoint", "https://s3.eu-central-003.backblazeb2.com"));
    assertThat(settings.store().name()).isEqualTo("minio");
  }

  @Test
  void anUnknownNameIsAnErrorWithTheNearestName() {
    StoreException failure = Failures.of(() -> of(Map.of("store", "mini0")));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageEndingWith("nearest: minio");
    assertThat(failure.getMessage()).doesNotContain("mini0");
  }

  @Test
  void aStoreWithoutAtomicCreateOnlyIsReported() {
    for (StoreProfile store : StoreProfiles.known()) {
      assertThat(store.lack().isPresent()).isEqualTo(store.creation() != Creation.ATOMIC);
      assertThat(store.advice().isEmpty()).isEqualTo(store.lack().isEmpty());
    }
    assertThat(StoreProfiles.known()).anyMatch(s -> s.lack().isPresent());
  }

  private static S3Settings of(Map<String, String> settings) throws StoreException {
    return S3Settings.of(
        StoreUrl.parse("s3://bucket/p"), StoreSettings.of(settings, S3Settings.NAMES));
  }
}
