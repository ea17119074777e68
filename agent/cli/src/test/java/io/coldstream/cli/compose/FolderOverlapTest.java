package io.coldstream.cli.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of which one lies in the other, as they are typed. */
class FolderOverlapTest {

  @TempDir
  private Path home;

  private Shell shell;

  @BeforeEach
  void folders() throws IOException {
    shell = new Shell(home);
    Sample.unpack(Sample.Day.MONDAY, home.resolve("db"));
    Files.createDirectories(home.resolve("repo"));
    Files.createDirectories(home.resolve("deep/inner"));
    Files.createSymbolicLink(home.resolve("to-db"), home.resolve("db"));
    Files.createSymbolicLink(home.resolve("to-repo"), home.resolve("repo"));
    Files.createSymbolicLink(home.resolve("to-inner"), home.resolve("deep/inner"));
  }

  /** Runs a command, in whose words each $ is the home. */
  private Ran run(String command) {
    return shell.run((Object[]) command.replace("$", home.toString()).split(" "));
  }

  private List<String> tree() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(home)) {
      walk.forEach(path -> names.add(path.toString()));
    }
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--db $/db --repo file://$/db          | the repository $/db is the same folder as --db",
        "--db $/db --repo file://$/db/r        | the repository $/db/r is inside --db $/db",
        "--db $/db --repo file://$/to-db/r     | the repository $/to-db/r is inside --db",
        "--db $/to-db --repo file://$/db/r     | the repository $/db/r is inside --db $/to-db",
        "--db $/db --repo file://$/repo/../db/r | is inside --db",
        "--db $/db --repo file://$/to-inner/../../db/r | is inside --db",
        "--db $/db --repo file://$             | --db $/db is inside the repository $",
        "--db $/db --index $/i --repo file://$/i/r | the repository $/i/r is inside --index $/i",
        "--db $/db --index $/repo/i --repo file://$/repo | --index $/repo/i is inside the",
        "--db $/db --repo file://$/repo --state $/db | --state $/db is the same folder as --db",
        "--db $/db --repo file://$/repo --state $/db/x/y | --state $/db/x/y is inside --db",
        "--db $/db --index $/i --repo file://$/repo --state $/i/s | is inside --index",
        "--db $/db --repo file://$/repo --state $/to-repo/s | is inside the repository",
      })
  void aBackupWithOneFolderInAnotherIsRefusedAndWritesNothing(String options, String message)
      throws IOException {
    List<String> before = tree();
    Ran ran = run("backup " + options);

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.err()).contains(message.replace("$", home.toString()));
    assertThat(tree()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--to $/repo                | the repository $/repo is the same folder as --to",
        "--to $/repo/a/b            | --to $/repo/a/b is inside the repository $/repo",
        "--to $/to-repo/a           | --to $/to-repo/a is inside the repository",
        "--to $/db/../repo/a        | is inside the repository",
        "--to $                     | the repository $/repo is inside --to $",
        "--to $/t --index $/repo/i  | --index $/repo/i is inside the repository",
        "--to $/t --index $         | the repository $/repo is inside --index $",
        "--to $/repo/a --dry-run    | is inside the repository",
      })
  void aRestoreIntoTheRepositoryOrAroundItIsRefusedAndWritesNothing(String options, String message)
      throws IOException {
    assertThat(run("backup --db $/db --repo file://$/repo").exit()).isZero();
    List<String> before = tree();
    Ran ran = run("restore --repo file://$/repo " + options);

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.err()).contains(message.replace("$", home.toString()));
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void foldersThatOnlyLookAlikeAreTaken() {
    assertThat(run("backup --db $/db --repo file://$/db-backup --state $").exit())
        .isZero();
    assertThat(
            run("restore --repo file://$/db-backup --to $/db-backup-restored").exit())
        .isZero();
  }
}
