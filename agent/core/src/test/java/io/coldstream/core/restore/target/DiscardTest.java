package io.coldstream.core.restore.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport.Outcome;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.TargetBed;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.store.testkit.Crash;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Throwing an attempt away: all of it, and nothing else. */
class DiscardTest extends TargetBed {

  private static final Path ELSEWHERE = Path.of("/data/elsewhere");
  private static final Path OTHER = Path.of("/data/other");
  private static final String TABLE = "01234567-89ab-cdef-0123-456789abcdef";

  @Test
  void aDirectoryWithoutAnUnfinishedRestoreIsRefused() throws Exception {
    restore(OPTIONS);

    assertRefused(
        () -> RestoreBench.on(disk).discard(TARGET, Optional.empty()),
        "holds no unfinished restore");
  }

  @Test
  void removesAnAttemptAndKeepsWhatWasSetAside() throws Exception {
    disk.createFolders(TARGET);
    disk.write(TARGET.resolve("writer.chk"), new byte[8]);
    leaveUnfinished(OPTIONS, 12);

    long before = fileCount(TARGET) - fileCount(TARGET.resolve(Target.SET_ASIDE));

    Discard.Removed discard = RestoreBench.on(disk).discard(TARGET, Optional.empty());
    long removed = discard.files();

    // Those in the staging folders count, the lock does not.
    assertThat(removed).isEqualTo(before - 1).isGreaterThan(5);
    assertThat(discard.attempt().orElseThrow().cuts()).isFalse();
    assertThat(names(TARGET)).containsExactly(Target.SET_ASIDE, "index");
    assertThat(names(INDEX)).isEmpty();
    assertThat(restore(OPTIONS).outcome()).isEqualTo(Outcome.RESTORED);
  }

  private long fileCount(Path folder) throws Exception {
    long files = 0;
    for (DiskEntry entry : disk.list(folder)) {
      files += entry.isFolder() ? fileCount(folder.resolve(entry.name())) : 1;
    }
    return files;
  }

  @Test
  void setsAsideWhatARefusedStartLeft() throws Exception {
    leaveUnfinished(OPTIONS, 12);
    disk.write(TARGET.resolve("kurrent.ddb"), new byte[] {1});
    disk.createFolders(INDEX.resolve("stream-existence"));

    RestoreBench.on(disk).discard(TARGET, Optional.empty());

    assertThat(names(TARGET)).containsExactly(Target.SET_ASIDE, "index");
    assertThat(names(TARGET.resolve(Target.SET_ASIDE))).containsExactly("kurrent.ddb");
    assertThat(names(INDEX)).containsExactly(Target.SET_ASIDE);
    assertThat(restore(OPTIONS).outcome()).isEqualTo(Outcome.RESTORED);
  }

  @Test
  void refusesAnIndexThatIsNotTheAttempts() throws Exception {
    leaveUnfinished(OPTIONS, 12);
    List<String> before = otherIndex(disk);

    assertRefused(
        () -> RestoreBench.on(disk).discard(TARGET, Optional.of(OTHER)),
        "not one with its index in " + OTHER,
        "nothing was changed");

    assertThat(names(OTHER)).isEqualTo(before);
    assertThat(RestoreBench.on(disk).discard(TARGET, Optional.of(INDEX)).files())
        .isPositive();
  }

  @Test
  void findsTheIndexByItself() throws Exception {
    CrashingDisk left = crashedWithAnIndexElsewhere();

    RestoreBench.on(left).discard(TARGET, Optional.empty());

    assertThat(left.list(ELSEWHERE)).isEmpty();
  }

  @Test
  void leavesEveryIndexAloneWhenThereIsNoAttempt() throws Exception {
    leaveUnfinished(OPTIONS, 12);
    disk.delete(TARGET.resolve(Target.STAGING + "/attempt.json"));
    List<String> before = otherIndex(disk);

    RestoreBench.on(disk).discard(TARGET, Optional.of(OTHER));

    assertThat(names(OTHER)).isEqualTo(before);
  }

  @Test
  void aRunningRestoreIsRefused() throws Exception {
    leaveUnfinished(OPTIONS, 12);
    List<String> before = names(TARGET.resolve(Target.STAGING));

    try (Closeable lock = disk.lock(TARGET.resolve(Target.STAGING + "/lock"))) {
      assertThat(lock).isNotNull();
      assertRefused(
          () -> RestoreBench.on(disk).discard(TARGET, Optional.empty()),
          "another restore is running in this directory");
    }

    assertThat(names(TARGET.resolve(Target.STAGING))).isEqualTo(before);
  }

  private List<String> otherIndex(CrashingDisk on) throws Exception {
    on.createFolders(OTHER);
    on.write(OTHER.resolve("indexmap"), new byte[] {1});
    on.write(OTHER.resolve(TABLE), new byte[] {2});
    on.createFolders(OTHER.resolve("stream-existence"));
    return names(OTHER);
  }

  private CrashingDisk crashedWithAnIndexElsewhere() throws Exception {
    RestoreRequest options = OPTIONS.withIndexIn(ELSEWHERE);
    for (int n = 1; ; n++) {
      CrashingDisk crashing = new CrashingDisk().crashAt(n);
      try {
        RestoreBench.restore(crashing, repository.open(), options);
      } catch (Crash expected) {
        CrashingDisk left = crashing.copy();
        if (left.look(ELSEWHERE.resolve("indexmap")).isPresent()) {
          return left;
        }
      }
      assertThat(crashing.happened()).isTrue();
    }
  }
}
