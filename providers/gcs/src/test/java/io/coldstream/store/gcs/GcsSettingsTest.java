package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcsSettingsTest {

  private static final String KEY = "projects/p/locations/eu/keyRings/ring/cryptoKeys/key";

  @Test
  void everySettingIsRead() throws StoreException {
    GcsSettings settings = of(
        "gs://bucket.example/a/b/",
        Map.of(
            "endpoint", "https://store.example:9000/",
            "project", "my-project-1",
            "kms-key", KEY,
            "anonymous", "true",
            "part-size", "64MiB",
            "storage-class", "NEARLINE"));
    assertThat(settings.keys().bucket()).isEqualTo("bucket.example");
    assertThat(settings.keys().prefix().value()).isEqualTo("a/b/");
    assertThat(settings.endpoint()).isEqualTo("https://store.example:9000");
    assertThat(settings.project()).contains("my-project-1");
    assertThat(settings.kmsKey()).contains(KEY);
    assertThat(settings.anonymous()).isTrue();
    assertThat(settings.common().partSizeBytes()).isEqualTo(64L << 20);
    assertThat(settings.common().storageClass()).contains("NEARLINE");
  }

  @Test
  void everySettingHasADefault() throws StoreException {
    GcsSettings settings = of("gs://bucket", Map.of());
    assertThat(settings.endpoint()).isEqualTo("https://storage.googleapis.com");
    assertThat(settings.keys().prefix().value()).isEmpty();
    assertThat(settings.anonymous()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint, https://user:hunter2@host",
    "endpoint, https://host?upload_id=hunter2",
    "endpoint, https://host#hunter2",
    "endpoint, https://host/hunter2",
    "endpoint, hunter2",
    "endpoint, 'hunter2 '",
    "endpoint, ftp://hunter2",
    "endpoint, http://hunter2",
    "endpoint, http://10.0.0.1",
    "endpoint, http://127.0.0.1.hunter2",
    "project, hunter2/",
    "kms-key, hunter2",
    "anonymous, hunter2",
    "storage-class, hunter2",
    "part-size, 255KiB",
    "part-size, 300KiB",
    "part-size, 1",
  })
  void aWrongValueIsRefusedWithoutBeingRepeated(String name, String value) {
    StoreException failure = Failures.of(() -> of("gs://bucket/p", Map.of(name, value)));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining(name).hasNoCause();
    assertThat(failure.getMessage()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:4443", "http://localhost:4443", "http://[::1]:4443"})
  void tokensAreSentOverHttpToThisMachineOnly(String endpoint) throws StoreException {
    assertThat(of("gs://bucket/p", Map.of("endpoint", endpoint)).endpoint()).isEqualTo(endpoint);
    assertThat(of("gs://bucket/p", Map.of("endpoint", "http://host", "anonymous", "true"))
            .endpoint())
        .isEqualTo("http://host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gs:///p",
        "gs://host:9000/p",
        "gs://b/p",
        "gs://Bucket/p",
        "gs://bucket/a//b",
        "gs://bucket/../b"
      })
  void aWrongUrlIsRefused(String url) {
    assertThat(Failures.of(() -> of(url, Map.of())).kind()).isEqualTo(Kind.REJECTED);
  }

  private static GcsSettings of(String url, Map<String, String> settings) throws StoreException {
    return GcsSettings.of(StoreUrl.parse(url), StoreSettings.of(settings, GcsSettings.NAMES));
  }
}
