package io.coldstream.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.settings.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

  private static Table backups(String label) {
    Table table = new Table(
        Column.number("BACKUP"),
        Column.text("MADE").droppedAs(2),
        Column.number("SIZE").droppedAs(1),
        Column.cut("LABEL"));
    table.row("1", "2026-01-02", "2.1 MiB", label);
    table.row("12", "2026-01-03", "999.9 MiB", "");
    return table;
  }

  @Test
  void numbersAreSetRightAndNothingIsCutWithoutATerminal() {
    assertThat(backups("before the migration of march").lines(Terminal.UNLIMITED))
        .containsExactly(
            "BACKUP  MADE             SIZE  LABEL",
            "     1  2026-01-02    2.1 MiB  before the migration of march",
            "    12  2026-01-03  999.9 MiB");
  }

  @Test
  void aNameIsCutBeforeAColumnIsLeftOut() {
    assertThat(backups("before the migration of march").lines(45))
        .containsExactly(
            "BACKUP  MADE             SIZE  LABEL",
            "     1  2026-01-02    2.1 MiB  before the ...",
            "    12  2026-01-03  999.9 MiB");
  }

  @Test
  void columnsAreLeftOutInTheirOrder() {
    assertThat(backups("before the migration of march").lines(42))
        .containsExactly(
            "BACKUP  MADE        LABEL",
            "     1  2026-01-02  before the migratio...",
            "    12  2026-01-03");
    assertThat(backups("before the migration of march").lines(20))
        .containsExactly("BACKUP  LABEL", "     1  before th...", "    12");
  }

  @Test
  void aColumnThatCanBeMissedIsLeftOutWhenItIsEmpty() {
    Table table =
        new Table(Column.text("HOST"), Column.text("MARK").droppedAs(1), Column.cut("LABEL"));
    table.row("a", "", "");

    assertThat(table.lines(80)).containsExactly("HOST", "a");
    table.row("b", "new", "");
    assertThat(table.lines(80)).containsExactly("HOST  MARK", "a", "b     new");
  }

  @Test
  void columnsAreCountedAsTheTerminalDoes() {
    assertThat(backups("備份").lines(Terminal.UNLIMITED).get(1)).endsWith("2.1 MiB  備份");
    Table table = new Table(Column.text("HOST"), Column.text("TIME"));
    table.row("備份", "1");
    table.row("abcdef", "2");
    table.row("e\u0301", "3");

    assertThat(table.lines(80))
        .containsExactly("HOST    TIME", "備份    1", "abcdef  2", "e\u0301       3");
  }

  @Test
  void sentencesAreBrokenInTheirColumn() {
    Table table = new Table(Column.text("CHECK"), Column.wrapped("WHAT WAS MET"));
    table.row("clock", "the store does not tell what time it is");
    table.row("delete", "ok");

    assertThat(table.lines(30))
        .containsExactly(
            "CHECK   WHAT WAS MET",
            "clock   the store does not",
            "        tell what time it is",
            "delete  ok");
  }

  @Test
  void whatIsCopiedIsNotBrokenAndStandsOnALineOfItsOwn() {
    Table table = settings();

    assertThat(table.lines(40))
        .containsExactly(
            "SETTING  VALUE             SET BY",
            "repo",
            "    file:///srv/backups/of/the/orders/database",
            "    option --repo",
            "json     false             default");
    assertThat(table.lines(Terminal.UNLIMITED).get(1))
        .isEqualTo("repo     file:///srv/backups/of/the/orders/database  option --repo");
  }

  private static Table settings() {
    Table table =
        new Table(Column.text("SETTING"), Column.wrapped("VALUE"), Column.wrapped("SET BY"));
    table.row("repo", "file:///srv/backups/of/the/orders/database", "option --repo");
    table.row("json", "false", "default");
    return table;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 40, 60, 80, 1000})
  void everyWidthKeepsEveryRow(int width) {
    assertThat(backups("x".repeat(100)).lines(width)).hasSize(3);
    assertThat(String.join("\n", settings().lines(width)))
        .contains("file:///srv/backups/of/the/orders/database", "option --repo", "json");
  }

  @Test
  void aCellIsOneLineWhateverItHolds() {
    Table table = new Table(Column.text("LABEL"), Column.text("SIZE"));
    table.row("a\nb", "1");

    assertThat(table.lines(80)).containsExactly("LABEL  SIZE", "a\\nb   1");
  }
}
