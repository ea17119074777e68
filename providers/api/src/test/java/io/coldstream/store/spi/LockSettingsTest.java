package io.coldstream.store.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockSettingsTest {

  private static LockSettings of(String... values) throws StoreException {
    return settings(values).lock().orElseThrow();
  }

  private static StoreSettings settings(String... values) throws StoreException {
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < values.length; i += 2) {
      all.put(values[i], values[i + 1]);
    }
    return StoreSettings.of(all, Set.of());
  }

  @Test
  void nothingIsLockedByDefault() throws Exception {
    assertThat(settings().lock()).isEmpty();
  }

  @Test
  void theDefaultsAreAThirdAndGovernance() throws Exception {
    assertThat(of("lock", "30d"))
        .isEqualTo(new LockSettings(
            Duration.ofDays(30), Duration.ofDays(10), LockSettings.Mode.GOVERNANCE));
    assertThat(of("lock", "48h", "lock-margin", "90m", "lock-mode", "compliance"))
        .isEqualTo(new LockSettings(
            Duration.ofHours(48), Duration.ofMinutes(90), LockSettings.Mode.COMPLIANCE));
  }

  @Test
  void aLockEndsAtAWholeSecond() throws Exception {
    LockSettings settings = of("lock", "1d", "lock-margin", "1h");
    Instant now = Instant.parse("2026-01-01T00:00:00.999Z");
    assertThat(settings.until(now)).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(settings.isDue(now.plus(Duration.ofMinutes(59)), now)).isTrue();
    assertThat(settings.isDue(now.plus(Duration.ofMinutes(60)), now)).isFalse();
    assertThat(settings.isDue(now.minusSeconds(1), now)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "lock, 23h, from 1d to 36500d",
    "lock, 36501d, from 1d to 36500d",
    "lock, soon, from 1d to 36500d",
    "lock, 30, from 1d to 36500d",
  })
  void aPeriodOutOfBoundsIsRefused(String name, String value, String text) {
    assertThatThrownBy(() -> of(name, value))
        .hasMessageContaining("setting \"lock\"")
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({
    "lock-margin, 30d, shorter than",
    "lock-margin, x, shorter than",
    "lock-mode, strict, governance or compliance",
  })
  void aWrongMarginOrModeIsRefused(String name, String value, String text) {
    assertThatThrownBy(() -> of("lock", "30d", name, value))
        .hasMessageContaining("setting \"" + name + "\"")
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({"lock-margin, 10d", "lock-mode, compliance"})
  void aMarginOrModeWithoutALockIsRefused(String name, String value) {
    assertThatThrownBy(() -> settings(name, value))
        .hasMessageContaining("setting \"" + name + "\" needs the setting \"lock\"");
  }
}
