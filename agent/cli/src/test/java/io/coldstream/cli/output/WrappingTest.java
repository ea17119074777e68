package io.coldstream.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappingTest {

  @Test
  void aLineThatFitsStaysAsItIs() {
    assertThat(Wrapping.lines("  a  line   with blanks", 23))
        .containsExactly("  a  line   with blanks");
  }

  @Test
  void proseIsBrokenAtWordsAndIndented() {
    assertThat(Wrapping.lines("coldstream list: the store cannot be reached", 20))
        .containsExactly("coldstream list: the", "  store cannot be", "  reached");
  }

  @Test
  void theNextLinesStandBelowTheTextBehindALabel() {
    assertThat(Wrapping.lines("  left out   a b c d e f g h i", 20))
        .containsExactly("  left out   a b c d", "    e f g h i");
    assertThat(Wrapping.lines("  left out   a b c d e f g h i", 26))
        .containsExactly("  left out   a b c d e f g", "             h i");
    assertThat(Wrapping.lines("  3. This node's own first backup", 20))
        .containsExactly("  3. This node's own", "     first backup");
  }

  @Test
  void aUrlIsNotBrokenAndStandsOnItsOwnLine() {
    assertThat(Wrapping.lines("made a repository at file:///a/long/path/to/it: mind this", 20))
        .containsExactly(
            "made a repository at".substring(0, 20), "  file:///a/long/path/to/it:", "  mind this");
  }

  @Test
  void aCommandIsNotBroken() {
    String command = "coldstream backup --db '/a dir' --repo file:///r --recheck";

    assertThat(Wrapping.lines("       to mend it: " + command, 40))
        .containsExactly("       to mend it:", "         " + command);
    assertThat(Wrapping.lines("  " + command, 40)).containsExactly("  " + command);
    assertThat(Wrapping.lines("start it with eventstored --db /d --index /i now", 30))
        .containsExactly("start it with", "  eventstored --db /d --index /i", "  now");
  }

  @Test
  void theSentenceBehindACommandIsBroken() {
    assertThat(Wrapping.lines("coldstream doctor --expect pruner, run as the identity", 40))
        .containsExactly("coldstream doctor --expect pruner, run", "  as the identity");
  }

  @Test
  void wideLettersTakeTwoColumns() {
    assertThat(Wrapping.lines("備份 備份 備份", 10)).containsExactly("備份 備份", "  備份");
  }

  @Test
  void aBlockHasNoIndent() {
    assertThat(Wrapping.block("index in the database directory", 15))
        .containsExactly("index in the", "database", "directory");
  }
}
