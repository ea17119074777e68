package io.coldstream.core.drill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

  @Test
  void aLineIsSplitAsAShellSplitsIt() {
    assertThat(ShellWords.split("  a 'b  c' \"d \\\" e\" f\\ g ''\th\"i\"'j'\n"))
        .isEqualTo(List.of("a", "b  c", "d \" e", "f g", "", "hij"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "a\"b", "it's", "\"a\\\""})
  void anOpenQuoteIsRefused(String line) {
    assertThatThrownBy(() -> ShellWords.split(line)).hasMessageContaining("has an open");
  }

  @Test
  void aBackslashAtTheEndIsRefused() {
    assertThatThrownBy(() -> ShellWords.split("a \\")).hasMessage("ends with \\");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a | b",
        "a & b",
        "a; b",
        "a > b",
        "a < b",
        "(a)",
        "`a`",
        "$HOME",
        "\"$HOME\"",
        "\"`a`\""
      })
  void whatNeedsAShellIsRefused(String line) {
    assertThatThrownBy(() -> ShellWords.split(line)).hasMessageContaining("give sh -c '...'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '#',
      value = {"'$HOME'~$HOME", "\\$HOME~$HOME", "\"\\$HOME\"~$HOME"})
  void aQuotedDollarIsADollar(String line, String word) {
    assertThat(ShellWords.split(line)).containsExactly(word);
  }
}
