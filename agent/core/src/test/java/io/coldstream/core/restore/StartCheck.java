package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.restore.ServerModel.Answer;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Asks every modelled server version about a target: none may start there, unless the restore has
 * left nothing of its own yet, or the database is whole.
 */
final class StartCheck {

  private final Path database;
  private final Path index;
  private final DatabaseSet before;

  /**
   * For one target.
   *
   * @param database the database's directory
   * @param index the index's directory
   * @param before what was there before the restore
   */
  StartCheck(Path database, Path index, DatabaseSet before) {
    this.database = database;
    this.index = index;
    this.before = before;
  }

  /** Fails where a server could start too early. */
  void assertSafe(Disk disk) throws IOException {
    DatabaseSet there = SmallDatabase.read(disk, database, index);
    if (holdsNothingOfOurs(there)) {
      return;
    }
    for (ServerModel server : ServerModel.all()) {
      Answer answer = server.start(there);
      switch (answer) {
        case REFUSES -> {}
        case STARTS ->
          assertThat(Oracle.structural().arranged().check(there))
              .as("%s starts on %s", server, there.root().keySet())
              .isEmpty();
        case TRUNCATES -> assertTruncatesWhole(server, there);
        default ->
          throw new AssertionError(
              server + ": " + answer + " on " + there.root().keySet());
      }
    }
  }

  /** The start drops only what was asked for, and lowers chaser.chk to the cut first. */
  private static void assertTruncatesWhole(ServerModel server, DatabaseSet there) {
    long cut = there.checkpoint("truncate").orElseThrow();
    assertThat(Oracle.structural().truncatingAt(cut).check(there.withCheckpoint("chaser", cut)))
        .as("%s truncates %s at %s", server, there.root().keySet(), cut)
        .isEmpty();
  }

  /** Whether there are only checkpoints that were there before, with their values. */
  private boolean holdsNothingOfOurs(DatabaseSet there) {
    return there.index().isEmpty()
        && there.root().entrySet().stream()
            .filter(file -> file.getKey().endsWith(".chk")
                || file.getKey().startsWith("chunk-")
                || file.getKey().equals(RestoredMark.FILE_NAME))
            .allMatch(file -> Arrays.equals(file.getValue(), before.root().get(file.getKey())));
  }

  /** Whether something of the restore is there, and every server refuses to start on it. */
  boolean isRefused(Disk disk) throws IOException {
    DatabaseSet there = SmallDatabase.read(disk, database, index);
    return !holdsNothingOfOurs(there)
        && ServerModel.all().stream().allMatch(server -> server.start(there) == Answer.REFUSES);
  }
}
