package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.RestoreText;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreProviders;
import io.coldstream.store.spi.StoreUrl;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What help and {@code RESTORE.txt} take from the providers. */
class ProviderTextsTest {

  private static final String TEXT = new String(RestoreText.bytes(), StandardCharsets.UTF_8);

  static Stream<StoreProvider> providers() {
    return StoreProviders.all().stream();
  }

  @Test
  void theDistributionHasFourProviders() {
    assertThat(providers().map(StoreProvider::scheme)).containsExactly("az", "file", "gs", "s3");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void everyProviderDefinesHowRestoreTxtReadsAnObject(StoreProvider provider) {
    String mark = "  [" + provider.scheme() + "] ";
    assertThat(TEXT.lines().filter(line -> line.startsWith(mark + "get() {"))).hasSize(1);
    assertThat(TEXT).contains("\n\n" + provider.manualRead().title() + ":\n" + mark);
    assertThat(TEXT).matches("\\p{ASCII}*");
    assertThat(new String(RestoreText.script(), StandardCharsets.UTF_8))
        .matches("\\p{ASCII}*")
        .contains("  " + provider.scheme() + ":*)\n", provider.manualRead().urlForm());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theUrlFormIsAUrlOfTheProvider(StoreProvider provider) throws Exception {
    StoreUrl url = StoreUrl.parse(provider.urlForm());
    assertThat(StoreProviders.forUrl(url).scheme()).isEqualTo(provider.scheme());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theKeySettingIsASettingOfTheProvider(StoreProvider provider) {
    provider.keySetting().ifPresent(name -> assertThat(provider.settingNames()).contains(name));
  }
}
