package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A disk, a backup, and what tests ask of a target. */
public abstract class TargetBed {

  protected static final Path TARGET = Path.of("/data/db");
  protected static final Path INDEX = TARGET.resolve("index");
  protected static final RestoreRequest OPTIONS = RestoreRequest.to(TARGET);

  @TempDir
  protected Path folder;

  protected final CrashingDisk disk = new CrashingDisk();
  protected TestRepository repository;

  @BeforeEach
  protected void backUp() throws Exception {
    SmallDatabase.make().writeTo(folder.resolve("db"));
    repository = TestRepository.of(folder.resolve("db"));
    disk.createFolders(TARGET.getParent());
    disk.give(TARGET.getParent(), new Owner(1000, 1000));
  }

  protected RestoreReport restore(RestoreRequest options) throws RunException {
    return RestoreBench.restore(disk, repository.open(), options);
  }

  protected DatabaseSet set() throws IOException {
    return SmallDatabase.read(disk, TARGET, INDEX);
  }

  protected List<String> names(Path path) throws IOException {
    return disk.list(path).stream().map(DiskEntry::name).toList();
  }

  protected void assertRefused(ThrowingCallable call, String... saying) throws IOException {
    DatabaseSet before = set();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RunException.class,
            e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.TARGET_REFUSED))
        .hasMessageContainingAll(saying);
    DatabaseSet after = set();
    assertThat(after.root().keySet()).isEqualTo(before.root().keySet());
    before
        .root()
        .forEach((name, bytes) -> assertThat(after.root().get(name)).as(name).isEqualTo(bytes));
  }

  /** Runs until the store fails at a call, checkpoints not counted, and leaves the attempt. */
  protected void leaveUnfinished(RestoreRequest options, int call) {
    FaultyStore store = new FaultyStore(
        repository.store(), Fault.atCall(call + TestRepository.CHECKPOINTS).crash());
    assertThatThrownBy(() -> RestoreBench.restore(disk, TestRepository.open(store), options))
        .isInstanceOf(Crash.class);
  }
}
