package io.coldstream.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  @ParameterizedTest
  @CsvSource({
    "bakup, '; nearest: backup'",
    "bacup, '; nearest: backup'",
    "bcup, '; nearest: backup'",
    "bup, ''",
    "ls, ''",
    "lst, '; nearest: list'",
    "snapshots, ''",
  })
  void aHintIsWithinTwoEdits(String written, String hint) {
    assertThat(NearestName.hint(written, Set.of("backup", "list"))).isEqualTo(hint);
  }
}
