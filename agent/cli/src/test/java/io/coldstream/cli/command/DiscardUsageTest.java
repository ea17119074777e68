package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asked to discard and to touch nothing at once, the command does neither. */
class DiscardUsageTest {

  @TempDir
  private Path home;

  @Test
  void aDryDiscardIsRefused() throws Exception {
    Path target = Files.createDirectory(home.resolve("target"));
    Shell shell = new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString());

    Shell.Ran ran = shell.run("restore", "--to", target, "--discard", "--dry-run");

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.everything()).contains("--discard and --dry-run cannot be combined");
    assertThat(target).isEmptyDirectory();
  }
}
