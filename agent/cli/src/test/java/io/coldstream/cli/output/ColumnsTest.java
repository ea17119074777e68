package io.coldstream.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "'', 0",
    "備份, 4",
    "한국어, 6",
    "e\u0301, 1",
    "ｱ, 1",
    "Ａ, 2",
    "✅, 2",
    "🚀, 2",
    "é, 1"
  })
  void eachCharacterTakesItsColumns(String text, int columns) {
    assertThat(Columns.of(text)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdefg, 6, abc...",
    "備份備份, 8, 備份備份",
    "備份備份, 7, 備份...",
    "備份備份, 6, 備...",
    "e\u0301e\u0301e\u0301e\u0301e\u0301, 4, e\u0301...",
    "🚀🚀🚀, 5, 🚀...",
    "abcdef, 2, ..",
    "abcdef, 1, ."
  })
  void aTextIsCutBetweenCharactersAndNeverTooWide(String text, int columns, String cut) {
    assertThat(Columns.cut(text, columns)).isEqualTo(cut);
    assertThat(Columns.of(cut)).isLessThanOrEqualTo(columns);
  }
}
