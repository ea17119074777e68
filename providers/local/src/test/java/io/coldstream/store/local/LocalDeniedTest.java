package io.coldstream.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.disk.DiskLimits;
import io.coldstream.store.local.FailingFileOps.How;
import io.coldstream.store.testkit.LyingSources;
import io.coldstream.store.testkit.RandomSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Permissions that are missing, and files that somebody else removes. */
class LocalDeniedTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final RandomSource CONTENT = new RandomSource(1, 300_000);

  @TempDir
  Path place;

  @Test
  void aDeniedStatSaysWhatToCheck() throws IOException {
    everyOperationIsDenied(store -> store.stat(NAME));
  }

  @Test
  void aDeniedListingSaysWhatToCheck() throws IOException {
    everyOperationIsDenied(store -> store.list(ObjectPrefix.ALL, ListCursor.START));
  }

  @Test
  void aDeniedReadSaysWhatToCheck() throws IOException {
    everyOperationIsDenied(store -> {
      try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
        content.stream().readAllBytes();
      }
    });
  }

  @Test
  void aDeniedDeleteSaysWhatToCheck() throws IOException {
    everyOperationIsDenied(store -> store.delete(List.of(NAME)));
  }

  /** There the system says of a new folder that it does not exist. */
  @Test
  void aPlaceWhereNoFolderCanBeMadeIsRejectedAtOnce() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
    ObjectStore store = store(Path.of("/proc/coldstream-test"), FailingFileOps.healthy());
    PutRequest request = new PutRequest(NAME, CONTENT, Placement.STANDARD);

    StoreException failure = catchThrowableOfType(StoreException.class, () -> store.put(request));

    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining("no folder can be made in /proc;");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPutFailsWhenItsFileIsRemovedAndTheNextSucceeds(boolean folderToo) throws IOException {
    Path root = place.resolve("repo");
    Path folder = root.resolve(DiskNames.UNFINISHED).resolve("chunks");
    ObjectStore store = store(root, FailingFileOps.healthy());
    AtomicBoolean once = new AtomicBoolean();
    ObjectSource meeting = LyingSources.meeting(CONTENT, 200_000, () -> {
      if (once.compareAndSet(false, true)) {
        assertThat(filesIn(folder)).as("the one that is being written").hasSize(1);
        for (Path file : filesIn(folder)) {
          Files.delete(file);
        }
        if (folderToo) {
          Files.delete(folder);
        }
      }
    });
    StoreException failure = failure(() -> put(store, meeting));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("removed meanwhile");
    assertThat(store.stat(NAME)).isEmpty();
    StoredObject stored = put(store, meeting);
    assertThat(store.stat(NAME)).contains(stored);
    try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      assertThat(content.stream().readAllBytes()).isEqualTo(CONTENT.bytes());
    }
    assertThat(filesIn(folder)).isEmpty();
  }

  private interface Use {
    void of(ObjectStore store) throws IOException;
  }

  /** Denies one operation after the other, until none is left. */
  private void everyOperationIsDenied(Use use) throws IOException {
    for (int n = 1; ; n++) {
      Path root = place.resolve("repo-" + n);
      put(store(root, FailingFileOps.healthy()), CONTENT);
      FailingFileOps ops = new FailingFileOps(n, How.FAIL, new AccessDeniedException("there/a"));
      ObjectStore store = store(root, ops);
      StoreException failure = catchThrowableOfType(StoreException.class, () -> use.of(store));
      if (!ops.happened()) {
        assertThat(failure).isNull();
        assertThat(n).as("operations that were denied, and one more").isGreaterThan(3);
        return;
      }
      assertThat(failure).as("operation %d of %s", n, ops.log).isNotNull();
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("there/a: permission denied; check owner and mode");
    }
  }

  private static StoreException failure(Action action) {
    return catchThrowableOfType(StoreException.class, action::run);
  }

  private interface Action {
    void run() throws IOException;
  }

  private static ObjectStore store(Path root, FileOps ops) {
    return new LocalStore(root, ops, new DiskLimits(limit -> {}), Clock.systemUTC(), 4096, 10);
  }

  private static StoredObject put(ObjectStore store, ObjectSource source) throws StoreException {
    return store.put(new PutRequest(NAME, source, Placement.STANDARD));
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
