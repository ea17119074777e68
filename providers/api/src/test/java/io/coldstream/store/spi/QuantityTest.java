package io.coldstream.store.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7b, 7",
    "1k, 1024",
    "1 KiB, 1024",
    "16MiB, 16777216",
    "' 2g ', 2147483648",
    "1TiB, 1099511627776",
    "8388607T, 9223370937343148032",
  })
  void aSizeIsANumberAndAUnitOfPowersOf1024(String text, long bytes) {
    assertThat(Quantity.bytes(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5M", "16 miles", "16MB", "8388608T", "1000000000000000"})
  void anythingElseIsNotASize(String text) {
    assertThat(Quantity.bytes(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1ms, PT0.001S",
    "90s, PT90S",
    "5m, PT5M",
    "5 MIN, PT5M",
    "999999h, PT999999H",
    "3600000ms, PT1H",
  })
  void aDurationIsANumberAndAUnit(String text, Duration duration) {
    assertThat(Quantity.duration(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "0s", "-1s", "1.5h", "2 days", "1000000h", "999999999999999h"})
  void anythingElseIsNotADuration(String text) {
    assertThat(Quantity.duration(text)).isEmpty();
  }

  @Test
  void theSettingsOfAStoreAreQuantities() throws StoreException {
    StoreSettings settings =
        StoreSettings.of(Map.of("part-size", "64 mib", "timeout", "2h"), Set.of());

    assertThat(settings.partSizeBytes()).isEqualTo(64 << 20);
    assertThat(settings.timeout()).isEqualTo(Duration.ofHours(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "part-size | 16 miles | must be a size such as 16MiB, not \"16 miles\"",
        "part-size | 0        | must be a size from 1 byte to 5GiB, not \"0\"",
        "part-size | 1TiB     | must be a size from 1 byte to 5GiB, not \"1TiB\"",
        "timeout   | 5x       | must be a duration such as 90s or 5m, not \"5x\"",
        "parallel  | 99       | must be a number from 1 to 64, not \"99\"",
      })
  void aRefusedSettingOfAStoreNamesItsValue(String name, String value, String message) {
    assertThat(refusal(name, value)).isEqualTo("setting \"" + name + "\" " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"part-size", "timeout", "parallel"})
  void aValueThatMayBeASecretIsNotRepeated(String name) {
    assertThat(refusal(name, "wJalrXUtnFEMI/K7MDENG")).doesNotContain("wJalr");
  }

  private static String refusal(String name, String value) {
    return catchThrowableOfType(
            StoreException.class, () -> StoreSettings.of(Map.of(name, value), Set.of()))
        .getMessage();
  }
}
