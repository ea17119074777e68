package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.eventstore.testing.server.ServerEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command prints, its exit codes, and that it leaves nothing. */
class DrillCommandTest {

  private static final int COLUMNS = 80;

  @TempDir
  private Path home;

  private Shell shell;
  private Path repository;

  @BeforeEach
  void backUp() throws Exception {
    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    repository = home.resolve("repository");
    shell = new Shell(home)
        .set("COLDSTREAM_REPO", repository.toUri().toString())
        .set("PATH", System.getenv("PATH"));
    assertThat(shell.run("backup", "--db", node).exit()).isZero();
  }

  private Path defaultScratch() {
    return home.resolve(".local/state/coldstream/drills");
  }

  @Test
  void aProvedBackupIsToldInEightyColumns() {
    Ran ran = shell.onTerminal(COLUMNS).run("drill", "--server", ServerEmulator.line(), "--keep");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .startsWith("backup 1 is proved: a server started on it and answered the stored events\n")
        .contains("  log ends at    position ", "  last event     event ", "  server         ")
        .contains("  compared       10 events at the end of the log, ", "  ready after    ")
        .contains("  stored         drills/000000000001/", "  kept")
        .contains("start server ", "stop server ");
    assertThat(ran.out().lines())
        .filteredOn(line -> !line.contains("/"))
        .allMatch(line -> line.length() <= COLUMNS);
    assertThat(defaultScratch()).isDirectoryContaining("glob:**/drill-*");
  }

  @Test
  void aFailedDrillNamesTheStepAndTheLastLinesAndEndsWith9() {
    Ran ran = shell
        .onTerminal(COLUMNS)
        .run("drill", "--server", ServerEmulator.line("--misbehave", "exit-1"));

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(9);
    assertThat(ran.out())
        .startsWith("FAULT  start server: the server ended with exit code ")
        .contains("       the server printed last:\n", "       | Exiting with exit code: 1\n")
        .contains("backup 1 is NOT PROVED\n", ", never ready\n");
    assertThat(ran.err()).contains("coldstream drill: the drill of backup 1 failed: ");
    assertThat(ran.out().lines())
        .filteredOn(line -> !line.contains("/"))
        .allMatch(line -> line.length() <= COLUMNS);
    assertThat(defaultScratch()).isEmptyDirectory();
    assertThat(shell.run("show").out()).contains("drill          FAILED at ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--server | server {port} | the command lacks the placeholder {db}",
        "--server | 'server {db} {port} $X' | has $ outside of quotes",
        "--server | no-such-program {db} {port} | there is no program \"no-such-program\"",
        "--image | '' | \"\" is not the name of an image",
        "--image | kurrentdb | needs docker or podman, and neither is in PATH",
        "--start-timeout | soon | not a duration",
      })
  void wrongOptionsAreUsageErrors(String option, String value, String fault) {
    Ran ran = shell.set("PATH", "/nonexistent").run("drill", option, value);

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.err()).contains(fault);
    assertThat(defaultScratch()).doesNotExist();
  }

  @Test
  void oneOfServerAndImageIsNeeded() {
    assertThat(shell.run("drill").exit()).isEqualTo(2);
    assertThat(shell.run("drill", "--image", "a", "--server", "b {db} {port}").exit())
        .isEqualTo(2);
  }

  @Test
  void aScratchInTheRepositoryIsAUsageErrorAndOneThatIsAFileIsRefused() throws Exception {
    Path file = Files.createFile(home.resolve("file"));
    String server = "sh -c 'exit 1' {db} {port}";

    Ran inside = shell.run("drill", "--server", server, "--scratch", repository.resolve("scratch"));
    assertThat(inside.exit()).as(inside.everything()).isEqualTo(2);
    assertThat(inside.err()).contains("--scratch ", " is inside the repository ");
    Ran refused = shell.run("drill", "--server", server, "--scratch", file);
    assertThat(refused.exit()).as(refused.everything()).isEqualTo(7);
  }

  @Test
  void aBackupThatIsNotThereIsAUsageErrorAndADamagedOneEndsWith4() throws Exception {
    String server = "sh -c 'exit 1' {db} {port}";
    assertThat(shell.run("drill", "--server", server, "--backup", 7).exit()).isEqualTo(2);
    try (var chunks = Files.list(repository.resolve("chunks"))) {
      Files.delete(chunks.findFirst().orElseThrow());
    }

    Ran damaged = shell.run("drill", "--server", server);

    assertThat(damaged.exit()).as(damaged.everything()).isEqualTo(4);
    assertThat(defaultScratch()).isEmptyDirectory();
  }

  @Test
  void aDamagedResultHidesNoBackup() throws Exception {
    String server = "sh -c 'exit 1' {db} {port}";
    assertThat(shell.run("drill", "--server", server).exit()).isEqualTo(9);
    try (var results = Files.list(repository.resolve("drills/000000000001"))) {
      Path result = results.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(result);
      bytes[bytes.length / 2] ^= 1;
      Files.delete(result);
      Files.write(result, bytes);
    }

    Ran show = shell.run("show");

    assertThat(show.exit()).as(show.everything()).isZero();
    assertThat(show.out()).startsWith("backup         1").doesNotContain("drill  ");
    assertThat(show.err()).contains("the result of the newest drill cannot be read: ");
  }

  @Test
  void aSignalEndsTheServerAndRemovesTheFolder() throws Exception {
    Path scratch = home.resolve("scratch");
    Path pid = home.resolve("pid");
    String server = "sh -c 'echo $$ > \"" + pid + "\"; exec sleep 600' {db} {port}";
    Child child = Child.start(
        home,
        List.of("-Xmx128m"),
        Map.of("COLDSTREAM_REPO", repository.toUri().toString()),
        List.of("drill", "--scratch", scratch.toString(), "--server", server));
    while (!Files.exists(pid) || !Files.readString(pid).endsWith("\n")) {
      Thread.onSpinWait();
    }
    ProcessHandle started =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

    child.signal("TERM");

    assertThat(child.exit()).as(child.said()).isEqualTo(143);
    assertThat(started.onExit().get(1, TimeUnit.MINUTES)).isNotNull();
    assertThat(scratch).isEmptyDirectory();
    assertThat(child.said())
        .contains("stopped; the server was ended, and the drill's folder in " + scratch)
        .contains("removed");
  }
}
