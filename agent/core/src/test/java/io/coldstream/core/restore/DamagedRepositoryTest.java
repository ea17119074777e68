package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.failure.Remedy.Action;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories that are not what a backup wrote: refused by name, and no database comes of it. */
class DamagedRepositoryTest {

  private static final Path TARGET = Path.of("/data/db");
  private static final RestoreRequest OPTIONS = RestoreRequest.to(TARGET);

  @TempDir
  Path folder;

  private static final RetryPolicy RETRIES =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(1));

  private final CrashingDisk disk = new CrashingDisk();
  private TestRepository repository;
  private Manifest manifest;

  @BeforeEach
  void backUp() throws Exception {
    SmallDatabase.make().writeTo(folder.resolve("db"));
    repository = TestRepository.of(folder.resolve("db"));
    manifest = repository.open().manifest(1);
  }

  private static Consumer<RunException> remedied(Action action, String argument) {
    return e -> assertThat(e.remedies()).singleElement().satisfies(remedy -> {
      assertThat(remedy.action()).isEqualTo(action);
      assertThat(remedy.argument()).isEqualTo(argument);
    });
  }

  private RunException refused(ObjectStore store) {
    try {
      RestoreBench.restore(disk, TestRepository.open(store), OPTIONS);
    } catch (RunException e) {
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.REPOSITORY_DAMAGED);
      return e;
    }
    throw new AssertionError("the restore went through");
  }

  private void assertRefusedBeforeAnythingIsWritten(String... saying) throws IOException {
    assertThat(refused(repository.store())).hasMessageContainingAll(saying);
    assertThat(disk.look(TARGET)).isEmpty();
  }

  private void assertMarked() throws IOException {
    DatabaseSet there = SmallDatabase.read(disk, TARGET, TARGET.resolve("index"));
    assertThat(StartGuardValues.arePresent(there.checkpoint("chaser"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunks/", "index/", "active/"})
  void anObjectIsMissing(String where) throws Exception {
    ObjectName name = object(where);
    repository.remove(name);

    assertThat(refused(repository.store()))
        .hasMessageContainingAll(name.value(), "is missing")
        .satisfies(remedied(Action.RECHECK, ""));
    assertMarked();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunks/", "index/", "active/"})
  void anObjectIsAltered(String where) throws Exception {
    ObjectName name = object(where);
    repository.flipBit(name);

    assertThat(refused(repository.store()))
        .hasMessageContainingAll(name.value(), "is damaged")
        .satisfies(remedied(Action.RESEND, name.value()));
    assertMarked();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunks/", "index/", "active/"})
  void anObjectIsShorter(String where) throws Exception {
    ObjectName name = object(where);
    repository.alter(name, bytes -> Arrays.copyOf(bytes, bytes.length - 7));

    assertThat(refused(repository.store()))
        .hasMessageContainingAll(name.value(), "bytes long, but the manifest says")
        .satisfies(remedied(Action.RECHECK, ""));
    assertMarked();
  }

  /** Not the index map: that one is read for the plan. */
  private ObjectName object(String where) {
    return repository.store().contents().keySet().stream()
        .filter(n -> n.value().startsWith(where) && !n.value().contains("indexmap"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theIndexMapIsAltered() throws Exception {
    ObjectName map = repository.find("index/indexmap");
    repository.flipBit(map);

    assertRefusedBeforeAnythingIsWritten(map.value());
    assertThat(RestoreBench.restore(disk, repository.open(), OPTIONS.leavingIndexOut())
            .outcome())
        .isEqualTo(RestoreReport.Outcome.RESTORED);
  }

  @Test
  void anObjectIsReplacedBetweenTwoRanges() throws Exception {
    int refusals = 0;
    for (int n = 1; ; n++) {
      FaultyStore faulty =
          new FaultyStore(repository.store(), Fault.atCall(Verb.READ, n).halfway());
      // Every object is replaced, by one with the same bytes, before its second range is asked for.
      ObjectStore store = new RetryingStore(faulty, RETRIES, new Random(1), wait -> replaceAll());
      CrashingDisk own = new CrashingDisk();
      try {
        RestoreBench.restore(own, TestRepository.open(store), OPTIONS);
      } catch (RunException e) {
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.REPOSITORY_DAMAGED);
        refusals++;
      }
      if (!faulty.happened()) {
        assertThat(refusals).isGreaterThan(10);
        break;
      }
    }
  }

  private void replaceAll() {
    repository.store().contents().forEach((name, bytes) -> repository.store().replace(name, bytes));
  }

  @Test
  void alteredThenSentAgainTheOlderBackupIsRestorableThroughTheNewer() throws Exception {
    ObjectName altered = object("chunks/");
    repository.flipBit(altered);
    assertThat(refused(repository.store())).satisfies(remedied(Action.RESEND, altered.value()));

    repository.backUpAgain(folder.resolve("db"), altered);
    RestoreReport report =
        RestoreBench.restore(disk, repository.open(), OPTIONS.at(new RestorePoint.OfBackup(1)));

    assertThat(report.plan().backup().sequence()).isEqualTo(1);
    assertThat(Oracle.structural()
            .arranged()
            .check(SmallDatabase.read(disk, TARGET, TARGET.resolve("index"))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"coldstream\" : 1|\"coldstream\" : 2|says format 2",
        "\"name\" : \"chunk-|\"name\" : \"../chunk-|file name",
        "\"name\" : \"chunk-|\"name\" : \"/etc/chunk-|file name",
        "\"object\" : \"active/|\"object\" : \"../active/|climbs",
        "\"object\" : \"active/|\"object\" : \"/active/|empty component",
        "\"object\" : \"active/|\"object\" : \"index/|refers to the wrong object",
        "\"name\" : \"indexmap\"|\"name\" : \"writer.chk\"|",
        "\"chunkSize\" : |\"chunkSize\" : 1|",
        "\"writer\" : |\"writer\" : 1|",
        "\"restorePoint\" : |\"restorePoint\" : 1|",
        "\"length\" : |\"length\" : 9|",
        "\"origin\"|\"sequence\" : 1, \"origin\"|Duplicate",
        "\"checkpointFolder\" : \"|\"checkpointFolder\" : \"../|climbs",
        "\"checkpointFolder\" : \"|\"checkpointFolder\" : \"chunks/|are in the wrong folder",
      })
  void aHostileManifest(String what, String by, String saying) throws Exception {
    repository.alter(Layout.manifest(1), bytes -> {
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertThat(text).contains(what);
      return Manifests.redigested(text.replace(what, by));
    });

    assertRefusedBeforeAnythingIsWritten(saying == null ? "" : saying);
  }

  @Test
  void aHundredMegabytesOfNesting() throws Exception {
    repository
        .store()
        .replace(Layout.manifest(1), "[".repeat(100_000_000).getBytes(StandardCharsets.UTF_8));
    assertRefusedBeforeAnythingIsWritten("manifests/000000000001.json");
    repository
        .store()
        .replace(Layout.manifest(1), "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    assertRefusedBeforeAnythingIsWritten("manifests/000000000001.json");
  }

  @Test
  void chunksWithAGapAnOverlapOrTwice() throws Exception {
    List<FileEntry> chunks = BackupFiles.read(repository.open(), 1).completed();
    List<FileEntry> gap = new ArrayList<>(chunks);
    gap.remove(1);
    assertChunksRefused(gap, "begins with chunk 2 where chunk 1 should follow");
    List<FileEntry> twice = new ArrayList<>(chunks);
    twice.add(1, chunks.get(0));
    assertChunksRefused(twice, "twice");
    List<FileEntry> overlap = new ArrayList<>(chunks);
    overlap.set(0, merged(chunks.get(0)));
    assertChunksRefused(overlap, "begins with chunk 1 where chunk 2 should follow");
    assertChunksRefused(chunks.subList(0, 1), " where chunk 1 should follow");
    assertChunksRefused(List.of(renamed(chunks.get(0))), "not the name of the chunk");
  }

  private void assertChunksRefused(List<FileEntry> chunks, String saying) throws Exception {
    repository.put(repository.withChunks(manifest, chunks));
    assertRefusedBeforeAnythingIsWritten("backup 1 is inconsistent", saying);
  }

  private static FileEntry merged(FileEntry file) {
    ChunkEntry c = file.chunk().orElseThrow();
    return withChunk(
        file,
        file.name(),
        new ChunkEntry(
            c.firstNumber(),
            c.lastNumber() + 1,
            c.chunkId(),
            c.scavenged(),
            c.footerMd5(),
            c.logicalDataBytes()));
  }

  private static FileEntry renamed(FileEntry file) {
    return withChunk(file, "chunk-000700.000000", file.chunk().orElseThrow());
  }

  private static FileEntry withChunk(FileEntry file, String name, ChunkEntry chunk) {
    return new FileEntry(
        name,
        file.objects(),
        file.lengthBytes(),
        file.sha256(),
        file.encoding(),
        file.keyId(),
        Optional.of(chunk));
  }

  @Test
  void aPageIsAlteredOrMissing() throws Exception {
    ObjectName page = repository.find("pages/");
    byte[] right = repository.store().contents().get(page);
    repository.flipBit(page);
    assertRefusedBeforeAnythingIsWritten(page.value());
    repository.store().replace(page, new byte[0]);
    assertRefusedBeforeAnythingIsWritten(page.value());
    repository.remove(page);
    assertRefusedBeforeAnythingIsWritten(page.value());
    repository.store().replace(page, right);
    assertThat(RestoreBench.restore(disk, repository.open(), OPTIONS)
            .plan()
            .backup()
            .sequence())
        .isEqualTo(1);
  }

  @Test
  void aRestorePointBeyondTheChunks() throws Exception {
    Positions p = manifest.log().positions();
    long beyond = p.writer() + 100 * manifest.log().chunkSizeBytes();
    repository.put(PositionEdit.with(
        manifest,
        new Positions(beyond, p.chaser(), p.epoch(), p.proposal(), beyond, p.restorePointEpoch())));

    assertRefusedBeforeAnythingIsWritten("backup 1 is inconsistent");
  }

  @Test
  void noBackupAndNoRepository() throws Exception {
    repository.remove(Layout.manifest(1));
    assertRefusedBeforeAnythingIsWritten("no manifest under manifests/", "restore them");
    removeAll("pages/", "active/");
    assertNoBackup("holds no complete backup yet: the first backup was interrupted");
    byte[] info = repository.store().contents().get(Layout.REPOSITORY);
    repository.remove(Layout.REPOSITORY);
    assertThatThrownBy(() -> repository.open())
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED))
        .hasMessageContaining("this is not a repository");
    repository.store().replace(Layout.REPOSITORY, info);
    removeAll("chunks/", "index/", "checkpoints/", "progress/");
    assertNoBackup("holds no backup yet");
  }

  private void removeAll(String... prefixes) throws IOException {
    for (ObjectName name : repository.store().names()) {
      if (Stream.of(prefixes).anyMatch(name.value()::startsWith)) {
        repository.remove(name);
      }
    }
  }

  private void assertNoBackup(String saying) {
    assertThatThrownBy(() -> RestoreBench.restore(disk, repository.open(), OPTIONS))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContaining(saying);
  }

  @Test
  void storeFailuresKeepTheirMeaning() throws Exception {
    for (StoreException.Kind kind :
        List.of(StoreException.Kind.UNAVAILABLE, StoreException.Kind.ACCESS_DENIED)) {
      FaultyStore store = new FaultyStore(
          repository.store(),
          Fault.atCall(8 + TestRepository.CHECKPOINTS).as(kind).times(9999));
      assertThatThrownBy(() -> RestoreBench.restore(disk, TestRepository.open(store), OPTIONS))
          .isInstanceOfSatisfying(
              RunException.class,
              e -> assertThat(e.kind())
                  .isEqualTo(
                      kind == StoreException.Kind.UNAVAILABLE
                          ? Kind.STORE_UNAVAILABLE
                          : Kind.NO_ACCESS));
      assertMarked();
    }
  }
}
