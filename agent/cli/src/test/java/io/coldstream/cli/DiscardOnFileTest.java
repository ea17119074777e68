package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code restore --discard}: what it removes, refuses and advises. */
class DiscardOnFileTest {

  @TempDir
  private Path home;

  private Path repository;
  private Path target;
  private Shell shell;

  @BeforeEach
  void prepare() {
    repository = home.resolve("repository");
    target = home.resolve("target");
    shell = new Shell(home).set("COLDSTREAM_REPO", repository.toUri().toString());
  }

  @Test
  void aDryDiscardIsRefused() throws Exception {
    Files.createDirectory(target);

    Shell.Ran ran = shell.run("restore", "--to", target, "--discard", "--dry-run");

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.everything()).contains("--discard and --dry-run cannot be combined");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void afterItTheSameStateIsRestoredAgainAndNotTheNewestBackup() throws Exception {
    Path database = Fixture.unpack("orders-" + Fixtures.NEWEST, home).database();
    shell.set("COLDSTREAM_DB", database.toString());
    assertThat(shell.run("backup").exit()).isZero();
    assertThat(shell.run("backup").exit()).isZero();
    loseTheFirstChunk();

    assertThat(discarded("--backup", 1)).containsSubsequence("--backup", "1");
    assertThat(discarded("--position", 1_000_000))
        .contains("--position")
        .doesNotContain("--backup");
    assertThat(discarded("--backup", 1, "--arrange", "truncate"))
        .containsSubsequence("--backup", "1")
        .containsSubsequence("--arrange", "truncate");
  }

  /** Breaks a restore off, discards it, and returns the words of the command that is printed. */
  private List<String> discarded(Object... point) {
    List<Object> words = Stream.concat(
            Stream.of("restore", "--to", target, "--without-index"), Stream.of(point))
        .toList();
    assertThat(shell.run(words.toArray()).exit()).isEqualTo(4);
    Shell.Ran discard = shell.run("restore", "--to", target, "--discard");
    assertThat(discard.exit()).as(discard.everything()).isZero();
    return List.of(Pasted.commands(discard.out()).get(0).split(" "));
  }

  private void loseTheFirstChunk() throws IOException {
    try (Stream<Path> chunks = Files.list(repository.resolve("chunks"))) {
      Files.delete(chunks.sorted().findFirst().orElseThrow());
    }
  }
}
