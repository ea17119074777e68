package io.coldstream.core.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.copy.CopiedBackup;
import io.coldstream.core.copy.CopyParts;
import io.coldstream.core.copy.CopyReport;
import io.coldstream.core.copy.CopyRequest;
import io.coldstream.core.copy.CopyRun;
import io.coldstream.core.copy.Selection;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.work.Shard;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores and copies while a prune removes what is ripe, with every order of two changes. */
class ConcurrentReadersTest {

  /** All orders, with the property, take a minute. */
  private static final int STRIDE = Boolean.getBoolean("interleavings.all") ? 1 : 3;

  @TempDir
  static Path days;

  private static PruneBed.State ripe;

  @BeforeAll
  static void prepare() throws Exception {
    PruneBed.write(days);
    PruneBed bed = new PruneBed(days, 1);
    for (int day = 1; day <= 3; day++) {
      bed.backUp(day);
      bed.clock.pass(Duration.ofDays(1));
    }
    bed.clock.pass(PruneBed.GRACE);
    bed.prune(PruneBed.last(2));
    bed.clock.pass(PruneBed.GRACE);
    ripe = bed.state();
  }

  private interface Reader {
    void read(PruneBed bed, ObjectStore store) throws Exception;
  }

  private static void everyOrder(Reader reader) throws Exception {
    int[] calls = run(List.of(), reader);
    for (int reads = 0; reads <= calls[0]; reads++) {
      for (int prune = 1 + reads % STRIDE; prune <= calls[1]; prune += STRIDE) {
        run(List.of(reads, prune), reader);
      }
    }
  }

  private static int[] run(List<Integer> turns, Reader reader) throws Exception {
    PruneBed bed = PruneBed.of(days, ripe, 300);
    return new Turns(turns, () -> {})
        .run(bed.store, store -> reader.read(bed, store), store -> bed.prune(PruneBed.LAST, store));
  }

  @Test
  void aKeptBackupIsRestored() throws Exception {
    everyOrder((bed, store) -> {
      CrashingDisk disk = new CrashingDisk();
      disk.createFolders(Path.of("/data"));
      disk.give(Path.of("/data"), new Owner(1000, 1000));
      RestoreBench.restore(disk, PruneBed.open(store), RestoreRequest.to(Path.of("/data/db")));
    });
  }

  @Test
  void aPrunedSourceIsCopied() throws Exception {
    everyOrder((bed, store) -> {
      PruneBed copy = new PruneBed(days, 1);
      CopyReport report = copy(store, copy.store);
      report.requireGood();
      copy.verify();
      assertThat(copy.backups()).contains(3L);
    });
  }

  private static CopyReport copy(ObjectStore from, ObjectStore to) throws Exception {
    return CopyRun.run(
        new CopyRequest(Selection.ALL, Shard.WHOLE, false),
        new CopyParts(
            PruneBed.open(from),
            new RepositoryLocation(to, PruneBed.URL),
            new Workers(Runnable::run, 1),
            event -> {},
            new StoreClock()));
  }

  /** The source still has the backups that the target removes, and what they need. */
  @Test
  void aCopyRelyingOnNothingThatItsTargetRemoves() throws Exception {
    PruneBed source = new PruneBed(days, 1);
    for (int day = 1; day <= 3; day++) {
      source.backUp(day);
    }
    AtomicReference<Integer> blocked = new AtomicReference<>(0);
    int[] calls = copyInto(source, List.of(), blocked);
    for (int copies = 0; copies <= calls[0]; copies++) {
      for (int prune = 1 + copies % STRIDE; prune <= calls[1]; prune += STRIDE) {
        copyInto(source, List.of(copies, prune), blocked);
        copyInto(source, List.of(0, prune, copies), blocked);
      }
    }
    assertThat(blocked.get()).isPositive();
  }

  private static int[] copyInto(
      PruneBed source, List<Integer> turns, AtomicReference<Integer> blocked) throws Exception {
    PruneBed target = PruneBed.of(days, stateOf(source), 300);
    int[] calls = new Turns(turns, () -> target.clock.pass(Duration.ofDays(2)))
        .run(
            target.store,
            store -> {
              for (CopiedBackup copied : copy(source.store, store).backups()) {
                if (copied.outcome() == CopiedBackup.Outcome.BLOCKED) {
                  blocked.set(blocked.get() + 1);
                }
              }
            },
            store -> target.prune(PruneBed.LAST, store));
    for (int i = 0; i < 2; i++) {
      target.verify();
      target.clock.pass(PruneBed.MORE_THAN_GRACE);
      target.prune(PruneBed.LAST);
    }
    target.verify();
    return calls;
  }

  /** The target: the same repository, of which the oldest backup's objects are ripe for removal. */
  private static PruneBed.State stateOf(PruneBed source) throws Exception {
    PruneBed target = PruneBed.of(days, source.state(), 20);
    target.clock.pass(PruneBed.MORE_THAN_GRACE);
    target.prune(PruneBed.LAST);
    target.clock.pass(PruneBed.MORE_THAN_GRACE);
    return target.state();
  }
}
