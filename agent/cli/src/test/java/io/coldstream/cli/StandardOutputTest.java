package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that does not arrive is not passed over in silence. */
class StandardOutputTest {

  private static final String LOST = "cannot write to standard output: No space left on device";

  @TempDir
  private Path home;

  private Fixture series;
  private String repo;

  /** Takes so many bytes. */
  private static final class Full extends OutputStream {
    private int room;

    Full(int room) {
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      room--;
      if (room < 0) {
        throw new IOException("No space left on device");
      }
    }
  }

  @BeforeEach
  void backUp() {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    repo = home.resolve("repository").toUri().toString();
    assertThat(shell().run("backup", "--db", series.database("day1")).exit()).isZero();
  }

  private Shell shell() {
    return new Shell(home).set("COLDSTREAM_REPO", repo);
  }

  private Shell full() {
    return shell().outTo(new Full(0), false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "show",
        "show -v",
        "verify",
        "doctor",
        "config show",
        "demo",
        "backup --dry-run",
        "backup",
        "restore --dry-run --to TARGET",
        "restore --to TARGET",
        "--help",
        "--version",
        "help list",
        "backup --help"
      })
  void everyVerbSaysThatItsResultWasLostAndFails(String line) {
    String target = home.resolve("target").toString();
    Object[] words = (line.replace("TARGET", target)).split(" ");
    Shell shell = full().set("COLDSTREAM_DB", series.database("day2").toString());
    Ran plain = shell.run(words);
    Ran json = shell.set("COLDSTREAM_JSON", "true").run(words);

    assertThat(plain.exit()).as(plain.everything()).isEqualTo(1);
    assertThat(plain.err()).contains(LOST);
    assertThat(json.exit()).as(json.everything()).isEqualTo(1);
    assertThat(json.err().lines()).singleElement().asString().contains(LOST);
  }

  @Test
  void aResultThatIsCutShortIsLostToo() {
    Ran ran = shell().outTo(new Full(100), false).run("show");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains("coldstream show: " + LOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aBackupIsMadeAllTheSameAndSaysSo(String json) {
    Ran ran = full().set("COLDSTREAM_JSON", json).run("backup", "--db", series.database("day2"));

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .contains("coldstream backup: " + LOST + "; backup 2 of " + repo)
        .contains("is complete; only its report is lost");
    assertThat(shell().run("list", "--json").json().at("/result/backups")).hasSize(2);
  }

  @Test
  void aRestoreIsDoneAllTheSameAndSaysSo() {
    Path target = home.resolve("target");
    Ran ran = full().run("restore", "--to", target);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .contains("backup 1 is restored to " + target + "; only its report is lost");
    assertThat(target.resolve("chaser.chk")).exists();
  }

  @Test
  void whatIsQuietHasNothingToLose() {
    Ran ran = full().run("backup", "--quiet", "--db", series.database("day2"));

    assertThat(ran.exit()).as(ran.everything()).isZero();
  }

  @Test
  void aFailureKeepsItsNumberAndIsToldOnStandardError() {
    Ran ran = full().run("show", "--json", "77");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("there is no backup 77", LOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "show", "backup --dry-run", "--help", "list --json"})
  void aReaderThatLeavesEarlyIsNoFault(String line) {
    Ran ran = shell()
        .outTo(new Full(10), true)
        .set("COLDSTREAM_DB", series.database("day2").toString())
        .run((Object[]) line.split(" "));

    assertThat(ran.exit()).isEqualTo(141);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void aProcessKnowsAFullDeviceFromAPipe() throws Exception {
    Child full = Child.startTo(Path.of("/dev/full"), home, List.of("list", "--repo", repo));
    Ran ran = full.ran();

    assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
    assertThat(ran.err()).contains("coldstream list: cannot write to standard output: ");
    assertThat(ran.err().lines()).hasSize(1);
  }

  @Test
  void aProcessWhosePipeIsClosedEndsQuietly() throws Exception {
    Child piped = Child.startToClosedPipe(home, List.of("list", "--repo", repo));
    Ran ran = piped.ran();

    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isEqualTo(141);
  }

  @Test
  void standardErrorThatCannotBeWrittenChangesNothing() throws Exception {
    Path target = home.resolve("target");
    Child deaf = Child.startSilenced(
        Path.of("/dev/full"), home, List.of("restore", "-v", "--repo", repo, "--to", "" + target));

    assertThat(deaf.exit()).isZero();
    assertThat(Files.exists(target.resolve("chaser.chk"))).isTrue();
  }
}
