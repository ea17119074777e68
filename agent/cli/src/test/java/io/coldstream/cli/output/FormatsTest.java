package io.coldstream.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "1023, 1023 bytes",
    "1024, 1.0 KiB",
    "1048575, 1.0 MiB",
    "268435456, 256.0 MiB",
    "1649267441664, 1.5 TiB",
    "9223372036854775807, 8.0 EiB"
  })
  void sizes(long bytes, String words) {
    assertThat(Formats.size(bytes)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0 s", "420, 0.4 s", "42000, 42 s", "200000, 3 min 20 s", "7500000, 2 h 5 min"})
  void durations(long millis, String words) {
    assertThat(Formats.duration(Duration.ofMillis(millis))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "-5000, less than a minute",
    "59999, less than a minute",
    "60000, 1 minute",
    "3599999, 59 minutes",
    "3600000, 1 hour",
    "172799999, 47 hours",
    "172800000, 2 days"
  })
  void ages(long millis, String words) {
    assertThat(Formats.age(Duration.ofMillis(millis))).isEqualTo(words);
  }

  @Test
  void timesCountsAndPositions() {
    assertThat(Formats.option(Instant.parse("2026-01-02T03:04:00.678Z")))
        .isEqualTo("2026-01-02T03:04:00Z");
    assertThat(Formats.time(Instant.parse("2026-01-02T03:04:05.678Z")))
        .isEqualTo("2026-01-02 03:04:05 UTC");
    assertThat(Formats.count(1, "file")).isEqualTo("1 file");
    assertThat(Formats.count(1234, "file")).isEqualTo("1,234 files");
    assertThat(Formats.position(2097152)).isEqualTo("2,097,152");
  }
}
