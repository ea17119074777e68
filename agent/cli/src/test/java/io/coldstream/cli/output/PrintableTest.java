package io.coldstream.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "0x00, \\u0000",
    "0x07, \\u0007",
    "0x09, \\t",
    "0x0A, \\n",
    "0x0D, \\r",
    "0x1B, \\u001b",
    "0x7F, \\u007f",
    "0x85, \\u0085",
    "0x9B, \\u009b",
    "0xAD, \\u00ad",
    "0x061C, \\u061c",
    "0x200B, \\u200b",
    "0x200E, \\u200e",
    "0x2028, \\u2028",
    "0x2029, \\u2029",
    "0x202A, \\u202a",
    "0x202E, \\u202e",
    "0x2066, \\u2066",
    "0x2069, \\u2069",
    "0xD800, \\ud800",
    "0xFEFF, \\ufeff",
    "0xE0041, \\udb40\\udc41"
  })
  void whatATerminalObeysOrHidesIsEscaped(String character, String escape) {
    String text = "a" + Character.toString(Integer.decode(character)) + "z";

    assertThat(Printable.line(text)).isEqualTo("a" + escape + "z");
    assertThat(Printable.line(Printable.line(text))).isEqualTo("a" + escape + "z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain text", "C:\\new\\table", "Ünïcödé", "備份", "שלום", "e\u0301"})
  void everythingElseStaysAsItIs(String text) {
    assertThat(Printable.line(text)).isSameAs(text);
  }

  @Test
  void anEmojiOfSeveralPartsStaysWhole() {
    String family = "\ud83d\udc69\u200d\ud83d\ude80";

    assertThat(Printable.line(family)).isEqualTo(family);
  }
}
