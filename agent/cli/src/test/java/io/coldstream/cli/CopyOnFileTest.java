package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code copy} says, refuses and ends with. */
class CopyOnFileTest {

  @TempDir
  private Path home;

  private Shell shell;
  private String repo;
  private String copy;

  @BeforeEach
  void backUp() throws IOException {
    repo = home.resolve("repository").toUri().toString();
    copy = home.resolve("copy").toUri().toString();
    shell = new Shell(home);
    Sample.unpack(Sample.Day.MONDAY, home.resolve("monday"));
    Sample.unpack(Sample.Day.TUESDAY, home.resolve("tuesday"));
    done("backup", "--db", home.resolve("monday"), "--repo", repo);
    done("backup", "--db", home.resolve("tuesday"), "--repo", repo);
  }

  private Ran done(Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  private Ran ended(int exit, Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(exit);
    return ran;
  }

  @Test
  void theNewestIsCopiedAndTheReportSaysWhatWasSent() {
    Ran ran = done("copy", "--repo", repo, "--to", copy);

    assertThat(ran.out())
        .contains("1 backup of file://" + home + "/repository", "copied         backup 2")
        .contains("every byte compared");
    assertThat(done("list", "--repo", copy, "--json").json().at("/result/backups"))
        .hasSize(1);
    assertThat(done("copy", "--repo", repo, "--to", copy, "--all").out())
        .contains("copied         backup 1\n", "there before   backup 2\n");
    assertThat(done("copy", "--repo", repo, "--to", copy, "-q").out()).isEmpty();
  }

  @Test
  void aDryRunPrintsObjectsAndMakesNothing() {
    assertThat(done("copy", "--repo", repo, "--to", copy, "-n").out())
        .contains("backup 2\n", "chunks/chunk-000000.000000", "to send: ", "nothing was copied");
    assertThat(home.resolve("copy")).doesNotExist();
  }

  @Test
  void theReportFitsEightyColumns() {
    shell.onTerminal(80);
    assertThat(done("copy", "--repo", repo, "--to", copy, "--all").out().lines())
        .allMatch(line -> line.length() <= 80 || line.contains("file://"));
    assertThat(done("copy", "--help").out().lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @CsvSource({
    "$/repository, is the same folder as",
    "$/repository/inner, is inside",
    "$, is inside",
    "$/monday/copy, is in a database's directory",
  })
  void aPlaceInTheOtherIsRefused(String place, String saying) throws IOException {
    List<String> before = tree();
    String url = Path.of(place.replace("$", home.toString())).toUri().toString();

    assertThat(ended(2, "copy", "--repo", repo, "--to", url).err()).contains(saying);
    assertThat(tree()).isEqualTo(before);
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> walk = Files.walk(home.resolve("repository"))) {
      return walk.map(Path::toString).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--to s3://bucket/orders --repo s3://bucket/orders",
        "--to s3://bucket/orders/ --repo s3://bucket/orders?region=eu-west-1",
        "--to s3://bucket/orders/copy --repo s3://bucket/orders",
        "--to s3://bucket --repo s3://bucket/orders",
        "--to az://account/container/a --repo az://account/container/a",
        "--to gs://bucket/a/b/c?endpoint=http://h --repo gs://bucket/a/b?endpoint=http://h",
      })
  void placesOfOneBucketThatOverlapAreRefusedBeforeAnyRequest(String line) {
    Ran ran = ended(2, (Object[]) ("copy --shard 1/1 " + line).split(" "));
    assertThat(ran.err()).contains("choose a prefix of its own");
  }

  @ParameterizedTest
  @CsvSource({
    "copy --repo s3://bucket/a, --to",
    "copy --repo s3://bucket/a --to nothing://b, no provider",
    "copy --repo s3://bucket/a --to s3://b/c?nosuch=1, nosuch",
    "copy --repo s3://bucket/a --to file:///b --backup 1 --all, --all",
    "copy --repo s3://bucket/a --to file:///b --shard 0/2, not a shard",
    "copy --repo s3://bucket/a --to file:///b --shard 2/1, not a shard",
    "copy --repo s3://bucket/a --to file:///b --shard 1/10001, not a shard",
    "copy --to file:///b, setting \"repo\" is not set",
  })
  void aWrongCommandLineIsAUsageError(String line, String saying) {
    assertThat(ended(2, (Object[]) line.split(" ")).err()).contains(saying);
  }

  @Test
  void aDamagedObjectEndsWithFourAndTheCommandThatRepairsIt() throws IOException {
    Path chunk;
    try (Stream<Path> chunks = Files.list(home.resolve("repository/chunks"))) {
      chunk = chunks.sorted().findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(chunk);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(chunk);
    Files.write(chunk, bytes);

    Ran ran = ended(4, "copy", "--repo", repo, "--to", copy);

    assertThat(ran.out()).contains("NOT COPIED     backup 2", "FAULT", chunk.getFileName() + "");
    assertThat(ran.err())
        .contains("1 backup cannot be copied", "--resend chunks/" + chunk.getFileName());
    assertThat(home.resolve("copy/manifests")).doesNotExist();
    done(
        "backup",
        "--db",
        home.resolve("tuesday"),
        "--repo",
        repo,
        "--resend",
        "chunks/" + chunk.getFileName());
    Ran repaired = done("copy", "--repo", repo, "--to", copy, "--backup", "2");
    assertThat(repaired.err()).contains("warning: ", "its content was copied from");
    done("verify", "--data", "--repo", copy);
  }

  @Test
  void theCommandForAnotherBackupThatIsPrintedCopiesIt() throws Exception {
    Path manifest = home.resolve("repository/manifests/000000000002.json");
    Files.writeString(manifest, Files.readString(manifest).replace("}", "} "));

    Ran refused = ended(4, "copy", "--repo", repo, "--to", copy);

    List<String> printed = Pasted.commands(refused.err());
    assertThat(printed).as(refused.err()).hasSize(1);
    List<String> call = new Pasted(home, "coldstream").calls(printed.get(0)).get(0);
    assertThat(call).contains("copy", "--backup", "1", "--to", copy, "--repo", repo);
    assertThat(done(call.subList(1, call.size()).toArray()).out())
        .contains("copied         backup 1");
    Ran all = ended(4, "copy", "--repo", repo, "--to", copy, "--all");
    assertThat(all.out()).contains("there before   backup 1", "NOT COPIED     backup 2");
  }

  @Test
  void anotherRepositoryIsAConflict() {
    done("backup", "--db", home.resolve("monday"), "--repo", copy);
    assertThat(ended(8, "copy", "--repo", repo, "--to", copy).err())
        .contains("another repository of the same database");
  }

  @Test
  void settingsOfTheTargetComeFromASectionOfTheirOwn() throws IOException {
    shell.configure("repo: " + repo + "\nstore:\n  parallel: 3\nto-store:\n  parallel: 7\n");
    done("copy", "--to", copy);
    assertThat(done("config", "show").out()).contains("to-store.parallel", "store.parallel");

    shell.configure("repo: " + repo + "\nto-store:\n  paralel: 7\n");
    assertThat(ended(2, "copy", "--to", copy).err()).contains("paralel", "parallel");
    shell.configure("repo: " + repo + "\nto-store:\n  parallel: many\n");
    assertThat(ended(2, "copy", "--to", copy).err()).contains("parallel", "line 3");
  }

  @Test
  void shardsCopyTogetherAndTheLastOneCommits() {
    assertThat(done("copy", "--repo", repo, "--to", copy, "--all", "--shard", "1/2")
            .out())
        .contains("waiting        backups 2, 1", "the shard that ends last");
    assertThat(done("copy", "--repo", repo, "--to", copy, "--all", "--shard", "2/2")
            .out())
        .contains("copied         backups 2, 1");
    done("verify", "--data", "--repo", copy);
  }

  @Test
  void aRestoreFromTheCopyLeavesTheMarkOfTheOriginal() throws IOException {
    done("copy", "--repo", repo, "--to", copy);
    Path clone = home.resolve("clone");
    Path other = home.resolve("other");
    done("restore", "--repo", copy, "--to", clone);
    done("restore", "--repo", repo, "--to", other);

    String mark = "\"repository\" : ";
    assertThat(line(clone, mark)).isEqualTo(line(other, mark)).contains(mark);
  }

  private static String line(Path database, String text) throws IOException {
    return Files.readAllLines(database.resolve("coldstream-restored.json")).stream()
        .filter(line -> line.contains(text))
        .findFirst()
        .orElse("");
  }
}
