package io.coldstream.store.s3;

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

class S3SettingsTest {

  @Test
  void everySettingIsRead() throws StoreException {
    S3Settings settings = of(
        "s3://bucket/a/b/",
        Map.of(
            "region", "eu-central-1",
            "endpoint", "https://store.example:9000/",
            "path-style", "true",
            "checksums", "when-required",
            "kms-key", "alias/backup",
            "tags", "team=db, cost=42",
            "part-size", "64MiB",
            "storage-class", "STANDARD_IA"));
    assertThat(settings.keys().bucket()).isEqualTo("bucket");
    assertThat(settings.keys().prefix().value()).isEqualTo("a/b/");
    assertThat(settings.region()).contains("eu-central-1");
    assertThat(settings.endpoint().orElseThrow()).hasHost("store.example").hasPort(9000);
    assertThat(settings.pathStyle()).isTrue();
    assertThat(settings.checksums()).isEqualTo(S3Settings.Checksums.WHEN_REQUIRED);
    assertThat(settings.kind().kmsKey()).contains("alias/backup");
    assertThat(settings.kind().tags())
        .containsExactly(Map.entry("team", "db"), Map.entry("cost", "42"));
    assertThat(settings.kind().bulkClass()).contains("STANDARD_IA");
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint, https://user:hunter2@host",
    "endpoint, https://host?X-Amz-Signature=hunter2",
    "endpoint, https://host#hunter2",
    "endpoint, https://host/hunter2",
    "endpoint, hunter2",
    "endpoint, 'hunter2 '",
    "endpoint, ftp://hunter2",
    "region, hunter2/",
    "path-style, hunter2",
    "checksums, hunter2",
    "create, hunter2",
    "tags, hunter2",
    "tags, 'a=1,a=hunter2'",
    "part-size, 4MiB",
    "part-size, 5119GiB",
  })
  void aWrongValueIsRefusedWithoutBeingRepeated(String name, String value) {
    StoreException failure = Failures.of(() -> of("s3://bucket/p", Map.of(name, value)));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining(name).hasNoCause();
    assertThat(failure.getMessage()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3:///p", "s3://host:9000/p", "s3://b/p", "s3://bucket/a//b", "s3://bucket/../b"})
  void aWrongUrlIsRefused(String url) {
    assertThat(Failures.of(() -> of(url, Map.of())).kind()).isEqualTo(Kind.REJECTED);
  }

  private static S3Settings of(String url, Map<String, String> settings) throws StoreException {
    return S3Settings.of(StoreUrl.parse(url), StoreSettings.of(settings, S3Settings.NAMES));
  }
}
