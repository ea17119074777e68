package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run says, and whom the files are given to. */
class RestorePlanOnFileTest {

  @TempDir
  private Path home;

  private Shell shell;
  private Path target;

  @BeforeEach
  void place() {
    target = home.resolve("new/target");
    shell = new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString())
        .onTerminal(80);
  }

  private Ran done(Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  private static String words(Ran ran) {
    return ran.out().replaceAll("\\s+", " ");
  }

  private void backUp(Path database) {
    done("backup", "--db", database);
  }

  @Test
  void aDryRunSaysWhatIsNeededAndWhatAServerWillDo() {
    backUp(Fixture.unpack("orders-" + Fixtures.NEWEST, home).database());

    String text = done("restore", "--to", target, "-n").out();

    assertThat(text)
        .contains("checkpoints, chaser.chk last\n")
        .containsPattern("\n +[0-9,]+  chaser.chk\n")
        .containsPattern("  to download    [0-9.]+ MiB; no time estimate: the plan read only ")
        .containsPattern("  space          \\S+/new/target\\s+needs [0-9.]+ MiB\\s+and\\s+has\\s")
        .containsPattern("  first start    one start; the server uses the restored index")
        .contains("  owner          the files will belong to ");
    assertThat(text.lines().filter(line -> line.contains(" ")))
        .filteredOn(line -> !line.contains(target.toString()))
        .allMatch(line -> line.length() <= 80);
    assertThat(words(done("restore", "--to", target, "-n", "--without-index")))
        .contains("the server rebuilds the index, which takes a few seconds");
    assertThat(words(done("restore", "--to", target, "-n", "--arrange", "truncate")))
        .contains("from 24.6 on two: the first");
    assertThat(target).doesNotExist();
  }

  @Test
  void aDryRunTellsProgramsTheSame() {
    backUp(Fixture.unpack("orders-" + Fixtures.NEWEST, home).database());
    JsonNode plan = done("restore", "--to", target, "-n", "--json").json().at("/result/plan");
    long all = plan.get("missingBytes").asLong();
    assertThat(all).isGreaterThan(1_000_000);
    assertThat(plan.at("/space/0/neededBytes").asLong()).isEqualTo(all);
    assertThat(plan.at("/space/0/freeBytes").asLong()).isGreaterThan(all);
    assertThat(plan.get("estimatedSeconds").isNull()).isTrue();
    assertThat(plan.get("starts").asInt()).isEqualTo(1);
    assertThat(plan.get("checkpoints")).hasSize(5);
    assertThat(plan.at("/checkpoints/4/checkpoint").asText()).isEqualTo("chaser.chk");
  }

  @Test
  void aPlanThatReadAChunkEstimatesTheDownload() throws Exception {
    Path node = home.resolve("node");
    int size = 16 << 20;
    SyntheticDatabase.write(
        node, new SyntheticDatabase.Shape(size, 1, size, 1 << 20, 64 << 10, 100, false, 4, 1));
    backUp(node);

    Ran ran = done("restore", "--to", target, "-n", "--position", size - 100_000);

    assertThat(words(ran))
        .containsPattern("to download [0-9.]+ MiB; at most [0-9.]+ s at [0-9.]+ [KMG]iB/s, measured"
            + " on the [0-9.]+ MiB that the plan read with one request at a time");
    assertThat(done("restore", "--to", target, "-n", "--position", size - 100_000, "--json")
            .json()
            .at("/result/plan/estimatedSeconds")
            .isNumber())
        .isTrue();
  }

  @Test
  void anOwnerIsUsedForFilesAndInTheStartCommand() throws Exception {
    assumeThat((int) Files.getAttribute(home, "unix:uid")).as("this is root").isZero();
    backUp(Fixture.unpack("fresh-" + Fixtures.NEWEST, home).database());

    assertThat(done("restore", "--to", target, "-n", "--owner", "54321:54322").out())
        .contains("the files will belong to 54321:54322");
    String text = done("restore", "--to", target, "--owner", "54321:54322").out();

    assertThat(Files.getAttribute(target.resolve("writer.chk"), "unix:uid")).isEqualTo(54321);
    assertThat(Files.getAttribute(target.getParent(), "unix:gid")).isEqualTo(54322);
    assertThat(text)
        .contains("setpriv --reuid 54321 --regid 54322 --clear-groups")
        .doesNotContain("chown");
    Path existing = Files.createDirectory(home.resolve("existing"));
    List<String> commands = Pasted.commands(
        done("restore", "--to", existing, "--owner", "54321:54322").out());
    assertThat(commands).anyMatch(command -> command.contains("chown 54321:54322 " + existing));
  }

  @Test
  void anOwnerThatIsNotKnownIsAUsageError() {
    Ran ran = shell.run("restore", "--to", target, "--owner", "no-such-user-here");

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\\s+", " "))
        .contains("--owner: there is no user \"no-such-user-here\" in /etc/passwd");
    assertThat(shell.run("restore", "--to", target, "--owner", "a b").exit()).isEqualTo(2);
  }
}
