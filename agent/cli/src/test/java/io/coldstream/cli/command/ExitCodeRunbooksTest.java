package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Pages;
import io.coldstream.cli.Pasted;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.output.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runbook of each exit code, followed on a machine that has just met that code. */
class ExitCodeRunbooksTest {

  private static final String PAGE = "runbooks.md";
  private static final String NODE = "/var/lib/kurrentdb";

  @TempDir
  private Path root;

  @Test
  void everyExitCodeHasARunbook() throws IOException {
    List<String> numbers = Pages.rows(PAGE).stream()
        .map(row -> row.get(0))
        .filter(cell -> cell.matches("[\\d, ]+( and \\d+)?"))
        .flatMap(cell -> Stream.of(cell.split("[^\\d]+")))
        .toList();

    assertThat(numbers)
        .containsExactlyElementsOf(Stream.of(ExitCode.values())
            .filter(code -> code != ExitCode.DONE && code != ExitCode.PIPE_CLOSED)
            .map(code -> Integer.toString(code.number()))
            .toList());
  }

  @Test
  void internal() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    machine.shell().outTo(new FullDevice(), false);
    meet(machine, 1, "list", "--repo", GuideMachine.BUCKET);
    machine.shell().outTo(OutputStream.nullOutputStream(), false);

    follow(machine, "### Exit code 1", 1, 0, 0);
  }

  @Test
  void usage() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    meet(machine, 2, "restore", "--repo", GuideMachine.BUCKET, "--to", NODE, "--backup", "42");

    follow(machine, "### Exit code 2", 2, 0, 0, 0);
  }

  @Test
  void sourceRefused() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    GuideMachine.copy(machine.day(3), machine.path(NODE));
    Files.delete(machine.path(NODE).resolve("chunk-000004.000002"));
    meet(machine, 3, "backup", "--repo", GuideMachine.BUCKET, "--db", NODE);

    follow(machine, "### Exit code 3", 3, 0, 0, 0);
  }

  @Test
  void repositoryDamaged() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    alter(machine.repositoryFolder().resolve("chunks"), "chunk-000009.000002");
    machine.nodeIsElsewhere();
    meet(machine, 4, "restore", "--repo", GuideMachine.BUCKET, "--to", NODE);

    follow(machine, "### Exit code 4", 4, 9, 0, 0, 0, 0);
  }

  @Test
  void aDamagedManifest() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    alter(machine.repositoryFolder().resolve("manifests"), "000000000003");
    meet(machine, 4, "restore", "--repo", GuideMachine.BUCKET, "--to", NODE);

    follow(machine, "#### A damaged manifest", 4, 0, 0, 0);
  }

  @Test
  void noAccess() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);

    machine.follow(GuideSection.of(PAGE, "### Exit code 5").commands());

    // Whoever owns the directory may write into it: that is too much for a restorer.
    assertThat(machine.exits()).containsExactly(5, 0);
  }

  @Test
  void storeUnavailable() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    meet(
        machine,
        6,
        "list",
        "--repo",
        "gs://bucket/orders?endpoint=http://127.0.0.1:1&anonymous=true&attempts=1");

    follow(machine, "### Exit code 6", 6, 0);
  }

  @Test
  void targetRefused() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    Files.createFile(Files.createDirectories(machine.path(NODE)).resolve("a"));
    meet(machine, 7, "restore", "--repo", GuideMachine.BUCKET, "--to", NODE);

    follow(machine, "### Exit code 7", 7, 0);

    assertThat(machine.path(NODE + ".old").resolve("a")).exists();
  }

  @Test
  void anotherRestoreOfAnUnfinishedOneIsRefusedWithTheCommandThatRemovesIt() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    alter(machine.repositoryFolder().resolve("chunks"), "chunk-000009.000002");
    meet(machine, 4, "restore", "--repo", GuideMachine.BUCKET, "--to", NODE);

    meet(machine, 7, "restore", "--repo", GuideMachine.BUCKET, "--to", NODE, "--backup", "2");

    String command = Pasted.commands(machine.printed()).stream()
        .filter(line -> line.endsWith(" --discard"))
        .findFirst()
        .orElseThrow();
    machine.follow(command);
    machine.follow("coldstream restore --repo s3://bucket/orders --to " + NODE + " --backup 2");
    assertThat(machine.exits()).containsExactly(4, 7, 0, 0);
  }

  @Test
  void conflict() throws IOException {
    GuideMachine machine = new GuideMachine(root, 2);
    machine.run("restore", "--repo", GuideMachine.BUCKET, "--to", NODE);
    GuideMachine.copy(machine.day(3), machine.path(NODE));
    meet(machine, 8, "backup", "--repo", GuideMachine.BUCKET, "--db", NODE);

    follow(machine, "### Exit code 8", 0, 8, 0, 0, 0);

    assertThat(machine.printed()).contains("backup 3: new lineage, forked from backup 2");
  }

  @Test
  void verificationFailed() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    alter(machine.repositoryFolder().resolve("chunks"), "chunk-000009.000002");
    machine.nodeIsElsewhere();

    follow(machine, "### Exit code 9", 9, 0, 0);
  }

  /** What was interrupted is a restore that a damaged object had stopped. */
  @Test
  void interrupted() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    Path chunks = machine.repositoryFolder().resolve("chunks");
    byte[] good = alter(chunks, "chunk-000009.000002");
    meet(machine, 4, "restore", "--repo", GuideMachine.BUCKET, "--to", NODE);
    Files.write(named(chunks, "chunk-000009.000002"), good);
    GuideSection section = GuideSection.of(PAGE, "### Exit codes 129, 130 and 143");

    machine.follow(section.commands().get(0));
    assertThat(GuideSection.alike(machine.printed()))
        .contains(section.shown().get(section.shown().size() - 1));

    Files.move(machine.path(NODE), machine.path(NODE + ".done"));
    alter(chunks, "chunk-000009.000002");
    meet(machine, 4, "restore", "--repo", GuideMachine.BUCKET, "--to", NODE);
    machine.follow(section.commands().get(1));
    assertThat(machine.exits()).containsExactly(4, 0, 4, 0);
    assertThat(machine.path(NODE)).isDirectoryNotContaining("glob:**.chk");
    assertThat(section.commands()).hasSize(2);
  }

  private static void meet(GuideMachine machine, int exit, String... words) {
    Ran ran = machine.run(words);
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(exit);
  }

  private static void follow(GuideMachine machine, String heading, Integer... exits)
      throws IOException {
    GuideSection section = GuideSection.of(PAGE, heading);

    machine.follow(section.commands());

    String printed = GuideSection.alike(machine.printed());
    assertThat(section.shown()).as(machine.printed()).isNotEmpty().allMatch(printed::contains);
    assertThat(machine.exits()).as(machine.printed()).containsExactly(exits);
  }

  /** {@return the file's bytes before one of them was changed} */
  private static byte[] alter(Path folder, String name) throws IOException {
    Path file = named(folder, name);
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(file, bad);
    return good;
  }

  private static Path named(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Says what the operating system says when a disk is full. */
  private static final class FullDevice extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
