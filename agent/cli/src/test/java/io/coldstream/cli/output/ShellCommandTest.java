package io.coldstream.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Pasted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real shell makes of a printed command. */
class ShellCommandTest {

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "plain/path-1.0",
        "/with blank",
        "s3://b/p?endpoint=http://127.0.0.1:9000&region=x",
        "it's",
        "''",
        "$HOME and `id` and $(id)",
        "\"double\" \\ back\\slash\\",
        "-v",
        "--label=x",
        "~",
        "*",
        "#not a comment",
        "a;b|c>d<e(f){g}[h]!i",
        "größe/データ",
        "100%",
        "line\nend",
        "tab\there, 100% 'quoted' \\ $HOME",
        "\u001b[31mred\u0085",
      })
  void aWordReachesTheProgramAsItIs(String word) throws Exception {
    ShellCommand command = new ShellCommand(List.of("program", word, "last"));

    assertThat(new Pasted(folder, "program").calls(command.toString()))
        .containsExactly(List.of("program", word, "last"));
  }

  @Test
  void aCommandIsOneLineWithoutControlCharacters() {
    ShellCommand command = new ShellCommand(List.of("program", "line\nend", "\u001b[31m"));

    assertThat(command.toString().chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void aWordThatNeedsNoQuotesHasNone() {
    ShellCommand command = new ShellCommand(List.of("coldstream", "backup", "--db", "/var/lib/x"));

    assertThat(command).hasToString("coldstream backup --db /var/lib/x");
    assertThat(command.line()).isEqualTo("        coldstream backup --db /var/lib/x");
  }
}
