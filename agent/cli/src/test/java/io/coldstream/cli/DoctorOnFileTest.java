package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's command on a directory: what it prints, its exit codes, and that it leaves nothing. */
class DoctorOnFileTest {

  @TempDir
  private Path home;

  private Shell shell;
  private Path repository;

  @BeforeEach
  void place() {
    repository = home.resolve("repository");
    shell = new Shell(home).set("COLDSTREAM_REPO", repository.toUri().toString());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(repository)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** It sends more than twenty. */
  @Test
  void isNoFasterThanItsLimit() throws IOException {
    Ran ran = shell.run("doctor", "--limit-upload", "16MiB", "--json");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.json().at("/result/seconds").asDouble()).isGreaterThan(1);
  }

  @Test
  void aGoodDirectoryIsFitAndEmptyAgain() throws IOException {
    Ran ran = shell.run("doctor");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .contains(
            "CHECK",
            "create only, 8 at once",
            "exactly one won",
            "parts need not be sent again",
            " is fit\n",
            "0 failed")
        .doesNotContain("What to do:", "WARNING");
    assertThat(files()).isEmpty();
  }

  @Test
  void aDirectoryWithADatabaseIsRefusedAndUntouched() throws IOException {
    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    for (Path folder : List.of(node, node.resolve("backups"))) {
      Ran ran = shell.run("doctor", "--repo", folder.toUri());

      assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
      assertThat(ran.err()).contains("database's directory", "writer.chk");
    }
    assertThat(node.resolve("doctor")).doesNotExist();
    assertThat(node.resolve("backups")).doesNotExist();
  }

  @Test
  void aBackupFollowsAsIfNobodyHadBeenThere() throws IOException {
    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    assertThat(shell.run("doctor").exit()).isZero();

    Ran backup = shell.run("backup", "--db", node);
    assertThat(backup.exit()).as(backup.everything()).isZero();
    List<Path> before = files();
    assertThat(shell.run("doctor").exit()).isZero();
    assertThat(files()).isEqualTo(before);
    assertThat(shell.run("verify", "--data").exit()).isZero();
  }

  /** A directory cannot keep who writes into it from removing. */
  @Test
  void whoMayTooMuchIsFoundOut() throws IOException {
    Ran ran = shell.run("doctor", "--expect", "writer");

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(5);
    assertThat(ran.out())
        .containsPattern("never delete +FAILED +this identity may remove objects")
        .contains("What to do:", "never delete: take from it: ", " is NOT fit for a writer");
    assertThat(ran.err()).startsWith("coldstream doctor: 1 of ").contains("never delete");
    assertThat(files()).isEmpty();
    assertThat(shell.run("doctor", "--expect", "restorer").exit()).isEqualTo(5);
    assertThat(files()).isEmpty();
  }

  @Test
  void theSameForPrograms() {
    JsonNode document = shell.run("doctor", "--json", "--expect", "pruner").json();

    assertThat(document.get("exit").asInt()).isEqualTo(5);
    assertThat(document.at("/error/kind").asText()).isEqualTo("no-access");
    assertThat(document.at("/result/fit").asBoolean()).isFalse();
    assertThat(document.at("/result/role").asText()).isEqualTo("pruner");
    assertThat(document.at("/result/leftObjects").asInt()).isZero();
    assertThat(document.at("/result/checks")).isNotEmpty();
  }

  @Test
  void aDiskThatIsNotMountedIsToldAndNothingElseTried() {
    Ran ran = shell.run("doctor", "--repo", home.resolve("none/repository").toUri());

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.out())
        .containsPattern("list +FAILED .*is the disk mounted")
        .containsPattern("\nnothing else could be tried \\(21 checks\\)\n")
        .doesNotContainPattern("create +-");
    assertThat(ran.everything().split("is the disk mounted", -1)).hasSize(2);
    assertThat(ran.err()).isEqualTo("coldstream doctor: 1 of 23 checks failed: list\n");
    assertThat(home.resolve("none")).doesNotExist();
  }

  @Test
  void anotherRoleIsNoRole() {
    assertThat(shell.run("doctor", "--expect", "reader").exit()).isEqualTo(2);
    assertThat(shell.run("doctor", "--repo", "s3://bucket/p?storage-klass=X").exit())
        .isEqualTo(2);
  }
}
