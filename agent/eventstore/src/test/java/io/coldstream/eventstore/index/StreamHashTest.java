package io.coldstream.eventstore.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamHashTest {

  /** As they stand in the tables of {@code orders-kurrentdb-26.1}: short and long names. */
  @ParameterizedTest
  @CsvSource({
    "order-0, 679474840eb161ec",
    "order-1, fb6d8c2bf5293fdc",
    "order-10, cb2eda61dc11a7a3",
    "$epoch-information, 31142c709d56fafb",
    "$$$scavenges, 16e9c795db48b28a"
  })
  void aHashIsThatOfTheServer(String stream, String hash) {
    assertThat(Long.toHexString(StreamHash.of(stream))).isEqualTo(hash);
  }
}
