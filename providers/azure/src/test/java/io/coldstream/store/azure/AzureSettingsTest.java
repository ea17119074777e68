package io.coldstream.store.azure;

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

class AzureSettingsTest {

  @Test
  void everySettingIsRead() throws StoreException {
    AzureSettings settings = of(
        "az://account/con-tainer/a/b/",
        Map.of(
            "endpoint", "http://127.0.0.1:10000/devstoreaccount1",
            "encryption-scope", "scope-1",
            "part-size", "64MiB",
            "storage-class", "cool"));
    assertThat(settings.account()).isEqualTo("account");
    assertThat(settings.keys().bucket()).isEqualTo("con-tainer");
    assertThat(settings.keys().prefix().value()).isEqualTo("a/b/");
    assertThat(settings.keys().shown()).isEqualTo("az://account/con-tainer/a/b/");
    assertThat(settings.serviceUrl()).isEqualTo("http://127.0.0.1:10000/devstoreaccount1");
    assertThat(settings.encryptionScope()).contains("scope-1");
    assertThat(settings.bulkTier()).contains("Cool");
  }

  @Test
  void theDefaultEndpointIsThePublicCloud() throws StoreException {
    AzureSettings settings = of("az://account/container", Map.of());
    assertThat(settings.serviceUrl()).isEqualTo("https://account.blob.core.windows.net");
    assertThat(settings.keys().prefix().value()).isEmpty();
    assertThat(settings.bulkTier()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint, https://user:hunter2@host",
    "endpoint, https://host?sig=hunter2",
    "endpoint, https://host#hunter2",
    "endpoint, https://host/account/hunter2",
    "endpoint, hunter2",
    "endpoint, 'hunter2 '",
    "endpoint, ftp://hunter2",
    "endpoint, http://hunter2:1/account",
    "encryption-scope, hunter2/",
    "storage-class, hunter2",
    "storage-class, Archive",
    "part-size, 63KiB",
    "part-size, 4001MiB",
  })
  void aWrongValueIsRefusedWithoutBeingRepeated(String name, String value) {
    StoreException failure = Failures.of(() -> of("az://account/container/p", Map.of(name, value)));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining(name).hasNoCause();
    assertThat(failure.getMessage()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "az:///container/p",
        "az://account",
        "az://account/",
        "az://account/c",
        "az://account/Container/p",
        "az://account/con--tainer/p",
        "az://account/-container/p",
        "az://account/container/a//b",
        "az://account/container/../b",
        "az://account.blob.core.windows.net/container/p",
        "az://127.0.0.1:10000/container/p"
      })
  void aWrongUrlIsRefused(String url) {
    assertThat(Failures.of(() -> of(url, Map.of())).kind()).isEqualTo(Kind.REJECTED);
  }

  @Test
  void aUrlWithASignatureIsRefused() {
    StoreException failure =
        Failures.of(() -> of("az://account/container/p?sv=1&sig=hunter2", Map.of()));
    assertThat(failure.getMessage()).doesNotContain("hunter2");
  }

  private static AzureSettings of(String url, Map<String, String> settings) throws StoreException {
    return AzureSettings.of(StoreUrl.parse(url), StoreSettings.of(settings, AzureSettings.NAMES));
  }
}
