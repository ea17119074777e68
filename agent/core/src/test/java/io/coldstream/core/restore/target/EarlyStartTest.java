package io.coldstream.core.restore.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport.Outcome;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.TargetBed;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.eventstore.testing.model.RecordImage;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server was started before the start guard was there, and has made an empty database. */
class EarlyStartTest extends TargetBed {

  private static final List<String> VERSIONS = Fixtures.VERSIONS;
  private static final String FIRST = "chunk-000000.000000";
  private static final Path ELSEWHERE = Path.of("/data/elsewhere");
  private static final Path ASIDE = TARGET.resolve(Target.SET_ASIDE + "/early-start");
  private static final UUID ID = new UUID(1, 2);

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void isRefusedWithTheCommandsThatMoveItAway(String version) throws Exception {
    begin();
    startServer(fresh(version), INDEX);

    RunException refusal = refusal(OPTIONS);

    assertThat(refusal).hasMessageContainingAll("empty database", "a server was started too early");
    obey(refusal);
    assertThat(names(ASIDE)).contains(FIRST, "writer.chk", "chaser.chk", "truncate.chk");
    assertThat(names(TARGET)).noneMatch(name -> name.endsWith(".chk") || name.equals(FIRST));
    assertThat(restore(OPTIONS).outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(Oracle.structural().arranged().check(set())).isEmpty();
  }

  @Test
  void itsIndexElsewhereIsMovedToo() throws Exception {
    begin();
    startServer(fresh(Fixtures.NEWEST), ELSEWHERE);
    RestoreRequest options = OPTIONS.withIndexIn(ELSEWHERE);

    obey(refusal(options));

    assertThat(names(ASIDE.resolve("of-index"))).containsExactly("stream-existence");
    assertThat(restore(options).outcome()).isEqualTo(Outcome.RESTORED);
  }

  @Test
  void aSecondOneIsMovedBesideTheFirst() throws Exception {
    disk.createFolders(ASIDE);
    begin();
    startServer(fresh(Fixtures.NEWEST), INDEX);

    obey(refusal(OPTIONS));

    assertThat(names(ASIDE.resolveSibling("early-start.2"))).contains(FIRST);
  }

  @Test
  void isRecognisedWhenTheGuardWasRemovedByHand() throws Exception {
    leaveUnfinished(OPTIONS, 12);
    for (CheckpointName name : CheckpointName.values()) {
      disk.delete(TARGET.resolve(name.fileName()));
    }
    startServer(fresh(Fixtures.NEWEST), INDEX);

    assertThat(refusal(OPTIONS)).hasMessageContaining("a server was started too early");
  }

  @Test
  void aDatabaseThatWasThereBeforeIsOnlyNamed() throws Exception {
    disk.createFolders(TARGET);
    startServer(fresh(Fixtures.NEWEST), INDEX);

    assertOnlyNamed(FIRST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders-1", "$$orders-1"})
  void aDatabaseWithUserEventsIsOnlyReported(String stream) throws Exception {
    begin();
    startServer(withEvent(fresh(Fixtures.NEWEST), stream), INDEX);

    assertOnlyNamed(FIRST);
  }

  @Test
  void anEventOfTheServersOwnChangesNothing() throws Exception {
    begin();
    startServer(withEvent(fresh(Fixtures.NEWEST), "$stats-127.0.0.1:2113"), INDEX);

    assertThat(refusal(OPTIONS)).hasMessageContaining("a server was started too early");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunk-000001.000000", "notes.txt"})
  void aDatabaseWithAnythingElseBesideItIsOnlyNamed(String name) throws Exception {
    begin();
    startServer(fresh(Fixtures.NEWEST).with(name, new byte[256]), INDEX);

    assertOnlyNamed(FIRST);
  }

  @Test
  void aDamagedDatabaseIsOnlyReported() throws Exception {
    DatabaseSet fresh = fresh(Fixtures.NEWEST);
    long writer = fresh.checkpoint("writer").orElseThrow();
    for (DatabaseSet damaged : List.of(
        fresh.without("writer.chk"),
        fresh.with("writer.chk", new byte[3]),
        fresh.withCheckpoint("writer", writer - 1),
        fresh.withCheckpoint("writer", 1L << 40),
        fresh.with(FIRST, new byte[10]),
        fresh.with(FIRST, new byte[1000]))) {
      CrashingDisk each = disk.copy();
      begin(each);
      startServer(each, damaged, INDEX);
      assertThatThrownBy(() -> RestoreBench.restore(each, repository.open(), OPTIONS))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("is not empty: it holds " + FIRST);
    }
  }

  private void assertOnlyNamed(String name) throws Exception {
    assertRefused(() -> restore(OPTIONS), TARGET + " is not empty: it holds " + name);
  }

  /** What a restore leaves that ends before it sets the start guard. */
  private void begin() throws Exception {
    begin(disk);
  }

  private static void begin(CrashingDisk on) throws Exception {
    Path lock = new Target(TARGET, INDEX).lock();
    on.createFolders(lock.getParent());
    on.append(lock).close();
  }

  private DatabaseSet fresh(String version) throws Exception {
    return DatabaseSet.read(Fixture.unpack("fresh-" + version, folder).database());
  }

  private static DatabaseSet withEvent(DatabaseSet fresh, String stream) {
    int writer = (int) fresh.checkpoint("writer").orElseThrow();
    byte[] event = RecordImage.framed(new RecordImage.Prepare(
            1,
            writer,
            0x27,
            writer,
            0,
            -1,
            stream,
            ID,
            ID,
            RecordImage.ticks(1_700_000_000_000L),
            "type",
            new byte[5],
            new byte[0])
        .payload());
    byte[] chunk = fresh.root().get(FIRST).clone();
    System.arraycopy(event, 0, chunk, 128 + writer, event.length);
    return fresh.with(FIRST, chunk).withCheckpoint("writer", writer + event.length);
  }

  private void startServer(DatabaseSet made, Path index) throws Exception {
    startServer(disk, made, index);
  }

  private static void startServer(CrashingDisk on, DatabaseSet made, Path index) throws Exception {
    for (var file : made.root().entrySet()) {
      on.write(TARGET.resolve(file.getKey()), file.getValue());
    }
    on.createFolders(index);
    for (var file : made.index().entrySet()) {
      Path path = index.resolve(file.getKey());
      on.createFolders(path.getParent());
      on.write(path, file.getValue());
    }
  }

  private RunException refusal(RestoreRequest options) throws Exception {
    DatabaseSet before = set();
    RunException refusal = catchThrowableOfType(RunException.class, () -> restore(options));
    assertThat(refusal.kind()).isEqualTo(RunException.Kind.TARGET_REFUSED);
    assertThat(set().root().keySet()).isEqualTo(before.root().keySet());
    return refusal;
  }

  /** Runs the commands that a refusal advises. */
  private void obey(RunException refusal) throws Exception {
    for (Remedy remedy : refusal.remedies()) {
      List<String> words = remedy.arguments();
      if (remedy.action() == Remedy.Action.PROGRAM) {
        Path last = Path.of(words.get(words.size() - 1));
        if (words.get(0).equals("mkdir")) {
          assertThat(disk.look(last)).isEmpty();
          disk.createFolders(last);
        } else {
          assertThat(words.get(0)).isEqualTo("mv");
          for (String from : words.subList(1, words.size() - 1)) {
            disk.move(Path.of(from), last.resolve(Path.of(from).getFileName()));
          }
        }
      }
    }
    assertThat(refusal.remedies())
        .last()
        .isEqualTo(new Remedy("Restore again", Remedy.Action.AGAIN));
  }
}
