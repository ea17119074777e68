package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The restore guide, its reference and the runbooks, followed as far as no server is needed. */
class RestoreGuideTest {

  private static final String RUNBOOKS = "runbooks.md";
  private static final String NODE = "/var/lib/kurrentdb";

  @TempDir
  private Path root;

  @Test
  void everyCommandOfTheGuideWorks() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);

    follow(machine, GuideSection.whole("restore.md"));

    assertThat(machine.exits()).hasSize(9).containsOnly(0);
    assertThat(machine.hasRestored()).isTrue();
  }

  @Test
  void everyCommandOfTheReferenceWorks() throws IOException {
    GuideMachine machine = new GuideMachine(root, 2);

    machine.follow(GuideSection.whole("restore-reference.md").commands());

    assertThat(machine.exits()).hasSize(4).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({
    "### Replace a lost member, '', 1",
    "### A new cluster from one backup, '', 3",
    "### An earlier point for a whole cluster, /var/lib/kurrentdb, 3",
    "## Upgrade by restore, /var/lib/eventstore, 2"
  })
  void everyCommandOfAClusterRunbookWorks(String heading, String old, int expectedCommands)
      throws IOException {
    GuideMachine machine = new GuideMachine(root, 2);
    if (!old.isEmpty()) {
      GuideMachine.copy(machine.day(2), machine.path(old));
    }

    follow(machine, GuideSection.of(RUNBOOKS, heading));

    assertThat(machine.exits()).hasSize(expectedCommands).containsOnly(0);
    assertThat(machine.hasRestored()).isTrue();
  }

  @Test
  void theDiskIsGone() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);

    follow(machine, GuideSection.of(RUNBOOKS, "## The disk is gone"));

    assertThat(machine.exits()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void someoneDeletedAStream() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);
    GuideMachine.copy(machine.day(3), machine.path(NODE));

    follow(machine, GuideSection.of(RUNBOOKS, "## Someone deleted a stream"));

    assertThat(machine.exits()).containsExactly(0, 2, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void aBadDeploymentWroteRubbish() throws IOException {
    GuideMachine machine = new GuideMachine(root, 2);
    GuideMachine.copy(machine.day(2), machine.path(NODE));

    follow(machine, GuideSection.of(RUNBOOKS, "## A bad deployment wrote rubbish since 10:15"));

    assertThat(machine.exits()).hasSize(8).containsOnly(0);
  }

  @Test
  void theAuditorGetsFiveDocuments() throws IOException {
    GuideMachine machine = new GuideMachine(root, 3);

    follow(machine, GuideSection.of(RUNBOOKS, "## Prove it to the auditor"));

    // The owner of a directory can delete what is in it: the doctor says so.
    assertThat(machine.exits()).containsExactly(0, 0, 0, 0, 0, 5, 0, 0);
  }

  /** Follows the commands, then looks for what the page says that they print. */
  private static void follow(GuideMachine machine, GuideSection section) throws IOException {
    machine.follow(section.commands());
    String printed = GuideSection.alike(machine.printed());
    List<String> missing =
        section.shown().stream().filter(piece -> !printed.contains(piece)).toList();
    assertThat(missing).as(machine.printed()).isEmpty();
  }
}
