package io.coldstream.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.SweepResult;
import io.coldstream.store.disk.DiskLimits;
import io.coldstream.store.testkit.LockHolder;
import io.coldstream.store.testkit.LyingSources;
import io.coldstream.store.testkit.RandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which unfinished files a put resumes, and which it leaves alone. */
@Timeout(60)
class LocalResumeTest {

  private static final ObjectName NAME = new ObjectName("chunks/a.b");
  private static final RandomSource CONTENT = new RandomSource(1, 100_000);
  private static final long PART = 30_000;
  private static final Duration EVERYTHING = Duration.ofMinutes(-1);

  @TempDir
  Path place;

  private final List<String> told = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final FailingFileOps ops = FailingFileOps.healthy();
  private Path root;
  private Path left;
  private ObjectStore store;

  @BeforeEach
  void open() throws IOException {
    root = place.resolve("repo");
    left = root.resolve(".coldstream-unfinished/chunks/a.b%0123456789abcdef0123456789abcdef");
    Files.createDirectories(left.getParent());
    store = store(ops);
  }

  private ObjectStore store(FileOps fileOps) {
    return new LocalStore(
        root, fileOps, new DiskLimits(warnings::add), Clock.systemUTC(), PART, 10);
  }

  private void put(ObjectSource source) throws StoreException {
    store.put(new PutRequest(
        NAME, source, Placement.BULK, (there, parts) -> told.add(there + " of " + parts)));
  }

  private void assertStored() {
    assertThat(root.resolve("chunks/a.b")).hasBinaryContent(CONTENT.bytes());
  }

  private static StoreException failure(Kind kind, ThrowingPut put) {
    StoreException failure = catchThrowableOfType(StoreException.class, put::run);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
    return failure;
  }

  private interface ThrowingPut {
    void run() throws IOException;
  }

  @ParameterizedTest
  @CsvSource({
    // What is left, how many bytes of it are right, what is reported.
    "0, 0, ''",
    "29999, 29999, ''",
    "30000, 30000, 1 of 4",
    "75000, 75000, 2 of 4",
    "75000, 70000, 2 of 4",
    "75000, 50000, 1 of 4",
    "75000, 100, ''",
    "75000, 0, ''",
    "100000, 100000, 4 of 4",
    "100000, 99999, 3 of 4",
    "150000, 100000, 4 of 4",
  })
  void whatIsRightIsKeptAndTheRestWritten(int length, int right, String expected)
      throws IOException {
    byte[] bytes = new RandomSource(1, length).bytes();
    for (int i = right; i < length && i < CONTENT.lengthBytes(); i++) {
      bytes[i]++;
    }
    Files.write(left, bytes);
    put(CONTENT);
    assertStored();
    assertThat(told).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    assertThat(left).doesNotExist();
    int kept = expected.isEmpty() ? 0 : Integer.parseInt(expected.substring(0, 1));
    assertThat(Collections.frequency(ops.log, "write")).isEqualTo(4 - kept);
  }

  @Test
  void aFileThatAnotherProcessHasLockedIsLeftAlone() throws IOException {
    Files.write(left, new RandomSource(1, 75_000).bytes());
    try (LockHolder other = new LockHolder(left)) {
      assertThat(other).isNotNull();
      put(CONTENT);
      assertThat(store.sweep(ObjectPrefix.ALL, EVERYTHING)).isEqualTo(new SweepResult(0, 0));
      assertThat(left).hasBinaryContent(new RandomSource(1, 75_000).bytes());
    }
    assertStored();
    assertThat(told).isEmpty();
    assertThat(store.sweep(ObjectPrefix.ALL, EVERYTHING)).isEqualTo(new SweepResult(1, 1));
  }

  @Test
  void aFileThatThisProcessHasLockedIsLeftAlone() throws IOException {
    ObjectSource slow = LyingSources.meeting(CONTENT, 50_000, () -> {
      ObjectStore other = store(FailingFileOps.healthy());
      assertThat(other.sweep(ObjectPrefix.ALL, EVERYTHING)).isEqualTo(new SweepResult(0, 0));
      other.put(new PutRequest(NAME, CONTENT, Placement.BULK));
    });
    failure(Kind.ALREADY_EXISTS, () -> put(slow));
    assertStored();
    assertThat(left.getParent()).isEmptyDirectory();
  }

  @Test
  void aFileThatHasBecomeTheObjectIsNotTouched() throws IOException {
    Files.write(left, new RandomSource(2, 75_000).bytes());
    Files.createDirectories(root.resolve("chunks"));
    store = store(new DiskFileOps() {
      @Override
      public Output reopen(Path file) throws IOException {
        Output out = super.reopen(file);
        // What its owner does last before it dies.
        Files.createLink(root.resolve("chunks/a.b"), file);
        return out;
      }
    });
    failure(Kind.ALREADY_EXISTS, () -> put(CONTENT));
    assertThat(root.resolve("chunks/a.b")).hasBinaryContent(new RandomSource(2, 75_000).bytes());
  }

  @Test
  void aFileThatItsOwnerHasRemovedIsNotUsed() throws IOException {
    Files.write(left, new RandomSource(1, 75_000).bytes());
    store = store(new DiskFileOps() {
      @Override
      public Output reopen(Path file) throws IOException {
        Output out = super.reopen(file);
        Files.delete(file);
        return out;
      }
    });
    put(CONTENT);
    assertStored();
    assertThat(told).isEmpty();
  }

  @Test
  void withoutLocksAPutStartsFromScratchAndASweepGoesByAge() throws IOException {
    Files.write(left, new RandomSource(1, 75_000).bytes());
    store = store(new DiskFileOps() {
      @Override
      public Output create(Path file) throws IOException {
        return new Lockless(super.create(file));
      }

      @Override
      public Output reopen(Path file) throws IOException {
        return new Lockless(super.reopen(file));
      }
    });
    put(CONTENT);
    assertStored();
    assertThat(told).isEmpty();
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains(root + " has no file locks", "No locks available", "begins again from its start");
    assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(1))).isEqualTo(new SweepResult(0, 0));
    assertThat(store.sweep(ObjectPrefix.ALL, EVERYTHING)).isEqualTo(new SweepResult(1, 1));
  }

  @Test
  void linksAndFilesOfOtherNamesAreLeftAlone() throws IOException {
    Path outside = Files.write(place.resolve("outside"), new byte[10]);
    Files.createSymbolicLink(left, outside);
    Path other = left.resolveSibling("a.b%c%0123456789abcdef0123456789abcdef");
    Files.write(other, new byte[10]);
    put(CONTENT);
    assertStored();
    assertThat(outside).hasBinaryContent(new byte[10]);
    assertThat(other).hasBinaryContent(new byte[10]);
  }

  @Test
  void anInterruptedPutIsResumedAndAFailedOneIsNot() throws IOException {
    failure(
        Kind.UNAVAILABLE,
        () -> put(
            LyingSources.meeting(CONTENT, 70_000, () -> Thread.currentThread().interrupt())));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(unfinished()).isEqualTo(1);
    failure(Kind.SOURCE_UNREADABLE, () -> put(LyingSources.breaking(CONTENT, 80_000)));
    assertThat(unfinished()).isZero();
    failure(
        Kind.UNAVAILABLE,
        () -> put(
            LyingSources.meeting(CONTENT, 70_000, () -> Thread.currentThread().interrupt())));
    assertThat(Thread.interrupted()).isTrue();
    put(CONTENT);
    assertStored();
    assertThat(told).containsExactly("2 of 4");
  }

  @Test
  void aPutThatIsInterruptedDuringItsSyncIsResumed() throws IOException {
    InstantSource interrupting = () -> {
      Thread.currentThread().interrupt();
      return Instant.now();
    };
    // The clock is asked when all is written; after that the file is dated and synced.
    store = new LocalStore(
        root,
        new DiskFileOps(),
        new DiskLimits(limit -> {}),
        interrupting.withZone(ZoneOffset.UTC),
        PART,
        10);
    failure(Kind.UNAVAILABLE, () -> put(CONTENT));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(root.resolve("chunks/a.b")).doesNotExist();
    assertThat(unfinished()).isEqualTo(1);
    store = store(ops);
    put(CONTENT);
    assertStored();
    assertThat(told).containsExactly("4 of 4");
    assertThat(unfinished()).isZero();
  }

  private long unfinished() throws IOException {
    try (Stream<Path> files = Files.list(left.getParent())) {
      return files.count();
    }
  }

  /** A file on a file system without locks. */
  private static final class Lockless extends DelegatingOutput {
    Lockless(FileOps.Output out) {
      super(out);
    }

    @Override
    public boolean lock() throws IOException {
      throw new IOException("No locks available");
    }
  }
}
