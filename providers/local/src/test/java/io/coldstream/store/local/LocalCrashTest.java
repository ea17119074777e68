package io.coldstream.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.disk.DiskLimits;
import io.coldstream.store.local.FailingFileOps.How;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.RandomSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A put that fails, or dies, at each of its file operations in turn. */
class LocalCrashTest {

  private static final ObjectName NAME = new ObjectName("chunks/deeper/a.b");
  private static final long PART = 8_000;
  private static final RandomSource CONTENT = new RandomSource(1, 20_000);
  /** What may be left: its beginning, all of it, more, another content. */
  private static final List<RandomSource> LEFT = List.of(
      new RandomSource(1, 9_000),
      CONTENT,
      new RandomSource(1, 30_000),
      new RandomSource(2, 20_000));

  private static final PutRequest PUT = new PutRequest(NAME, CONTENT, Placement.STANDARD);

  @TempDir
  Path place;

  private ObjectStore store(Path root, FileOps ops) {
    return new LocalStore(root, ops, new DiskLimits(limit -> {}), Clock.systemUTC(), PART, 10);
  }

  @Test
  void aFullDiskLeavesNoPartialObject() throws IOException {
    everyOperation(How.FAIL, new IOException("No space left on device"), Kind.UNAVAILABLE);
  }

  @Test
  void aMissingPermissionLeavesNoPartialObject() throws IOException {
    everyOperation(How.FAIL, new AccessDeniedException("there"), Kind.ACCESS_DENIED);
  }

  @Test
  void aCrashBeforeAnyOperationLeavesNoPartialObject() throws IOException {
    everyOperation(How.CRASH_BEFORE, new IOException(), Kind.UNAVAILABLE);
  }

  @Test
  void aCrashAfterAnyOperationLeavesNoPartialObject() throws IOException {
    everyOperation(How.CRASH_AFTER, new IOException(), Kind.UNAVAILABLE);
  }

  private void everyOperation(How how, IOException exception, Kind expected) throws IOException {
    everyOperation(how, exception, expected, Optional.empty());
    for (RandomSource left : expected == Kind.ACCESS_DENIED ? List.<RandomSource>of() : LEFT) {
      everyOperation(how, exception, expected, Optional.of(left));
    }
  }

  private void everyOperation(
      How how, IOException exception, Kind expected, Optional<RandomSource> left)
      throws IOException {
    int failed = 0;
    for (int n = 1; ; n++) {
      Path root = place.resolve("repo-" + left.hashCode() + "-" + n);
      if (left.isPresent()) {
        leave(root, left.get());
      }
      FailingFileOps ops = new FailingFileOps(n, how, exception);
      Optional<Kind> outcome = outcome(store(root, ops));
      if (!ops.happened()) {
        assertThat(outcome).isEmpty();
        break;
      }
      failed += outcome.isPresent() || how != How.FAIL ? 1 : 0;
      boolean linked = ops.log.subList(0, n - 1).contains("link");
      outcome.ifPresent(kind -> assertThat(kind).isEqualTo(linked ? Kind.UNAVAILABLE : expected));
      checkAfterwards(root, how == How.FAIL && outcome.isPresent() && !linked);
    }
    // Folders, file, link: fewer would mean that the loop did not reach them.
    assertThat(failed).isGreaterThan(15);
  }

  /** What a put of a process that died left behind. */
  private static void leave(Path root, RandomSource content) throws IOException {
    Path folder = root.resolve(DiskNames.UNFINISHED).resolve("chunks/deeper");
    Files.createDirectories(folder);
    Files.write(folder.resolve("a.b%fedcba9876543210fedcba9876543210"), content.bytes());
  }

  private static Optional<Kind> outcome(ObjectStore store) {
    try {
      assertThat(store.put(PUT).lengthBytes()).isEqualTo(CONTENT.lengthBytes());
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(e.kind());
    } catch (Crash e) {
      return Optional.empty();
    }
  }

  private void checkAfterwards(Path root, boolean mustBeAbsent) throws IOException {
    ObjectStore later = store(root, FailingFileOps.healthy());
    Optional<StoredObject> there = later.stat(NAME);
    if (there.isEmpty()) {
      assertThat(later.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
      there = Optional.of(later.put(PUT));
    } else {
      assertThat(mustBeAbsent).isFalse();
    }
    assertThat(later.list(ObjectPrefix.ALL, ListCursor.START).objects())
        .containsExactly(there.get());
    try (ObjectContent content = later.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      assertThat(content.stream().readAllBytes()).isEqualTo(CONTENT.bytes());
    }
    Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
    ObjectStore pruner = new LocalStore(
        root, FailingFileOps.healthy(), new DiskLimits(limit -> {}), tomorrow, PART, 10);
    assertThat(pruner.sweep(ObjectPrefix.ALL, Duration.ofDays(2)).found()).isZero();
    assertThat(pruner.sweep(ObjectPrefix.ALL, Duration.ofHours(1)).found()).isBetween(0, 2);
    assertThat(root.resolve(DiskNames.UNFINISHED)).isEmptyDirectory();
    assertThat(pruner.stat(NAME)).isEqualTo(there);
  }

  @Test
  void contentIsSyncedBeforeItsNameAndTheNameBeforeTheAnswer() throws IOException {
    FailingFileOps ops = FailingFileOps.healthy();
    store(place.resolve("repo"), ops).put(PUT);
    List<String> log = ops.log;
    int link = log.indexOf("link");
    assertThat(log.indexOf("sync")).isGreaterThan(log.lastIndexOf("write")).isLessThan(link);
    assertThat(log.lastIndexOf("syncFolder")).isGreaterThan(link);
    // The root's own name, those of the two folders below it, and the file's.
    assertThat(log.stream().filter("syncFolder"::equals)).hasSize(4);
    assertThat(log.subList(0, link).stream().filter("syncFolder"::equals)).hasSize(3);
  }

  @Test
  void everyFailureOfADeleteIsReported() throws IOException {
    everyFailureIsTold(store -> store.delete(List.of(NAME)));
  }

  @Test
  void everyFailureOfAReadIsReported() throws IOException {
    everyFailureIsTold(store -> {
      try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
        assertThat(content.stream().readAllBytes()).hasSize(20_000);
      }
    });
  }

  @Test
  void everyFailureOfAListingIsReported() throws IOException {
    everyFailureIsTold(store ->
        assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).hasSize(1));
  }

  private interface Use {
    void of(ObjectStore store) throws IOException;
  }

  private void everyFailureIsTold(Use use) throws IOException {
    for (int n = 1; ; n++) {
      Path root = place.resolve("repo-" + n);
      store(root, FailingFileOps.healthy()).put(PUT);
      FailingFileOps ops = new FailingFileOps(n, How.FAIL, new IOException("Input/output error"));
      ObjectStore store = store(root, ops);
      try {
        use.of(store);
        assertThat(ops.happened()).isFalse();
        assertThat(n).isGreaterThan(5);
        return;
      } catch (StoreException e) {
        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(e).hasMessageContaining("Input/output error");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Invalid argument", "Operation not supported"})
  void aShareWithoutFolderSyncIsWarnedOfOnce(String reason) throws IOException {
    List<String> warnings = new ArrayList<>();
    FailingFileOps ops = FailingFileOps.healthy().withoutFolderSync(reason);
    ObjectStore store = new LocalStore(
        place.resolve("repo"), ops, new DiskLimits(warnings::add), Clock.systemUTC(), PART, 10);

    store.put(PUT);
    store.delete(List.of(NAME));

    assertThat(ops.log).filteredOn("syncFolder"::equals).hasSizeGreaterThan(3);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains(place.toString(), reason, "run coldstream verify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Operation not permitted", "Operation not supported"})
  void aShareThatRefusesToSetATimeIsUsedWithout(String reason) throws IOException {
    FailingFileOps count = FailingFileOps.healthy();
    assertThat(outcome(store(place.resolve("count"), count))).isEmpty();
    IOException refused = new FileSystemException("a", null, reason);
    FailingFileOps ops = new FailingFileOps(count.log.indexOf("date") + 1, How.FAIL, refused);

    assertThat(outcome(store(place.resolve("share"), ops))).isEmpty();
    assertThat(ops.happened()).isTrue();
  }

  @Test
  void aFolderSyncThatFailsOtherwiseIsTold() throws IOException {
    for (int n = 1; ; n++) {
      FailingFileOps ops = new FailingFileOps(n, How.FAIL, new IOException("Input/output error"));
      Optional<Kind> outcome = outcome(store(place.resolve("broken-" + n), ops));
      if (!ops.happened()) {
        return;
      }
      if (ops.log.get(n - 1).equals("syncFolder")) {
        assertThat(outcome).contains(Kind.UNAVAILABLE);
      }
    }
  }

  @Test
  void aFileSystemWithoutLinksIsRefusedWithAdvice() {
    for (String reason : List.of("Operation not permitted", "Operation not supported")) {
      FailingFileOps count = FailingFileOps.healthy();
      assertThat(outcome(store(place.resolve("count " + reason), count))).isEmpty();
      FailingFileOps ops = new FailingFileOps(
          count.log.indexOf("link") + 1, How.FAIL, new FileSystemException("a", "b", reason));
      Path root = place.resolve("unfit " + reason);
      assertThatThrownBy(() -> store(root, ops).put(PUT))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REJECTED))
          .hasMessageContaining("has no hard links")
          .hasMessageContaining("use one that has");
    }
  }
}
