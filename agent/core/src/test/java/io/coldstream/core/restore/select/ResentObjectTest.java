package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Replacements;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.TargetBed;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.Verb;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a later backup has sent again serves the plan of an older one's restore, too. */
class ResentObjectTest extends TargetBed {

  private static final RestoreRequest FIRST = OPTIONS.at(new RestorePoint.OfBackup(1));

  private void damage(ObjectName name, String how) throws Exception {
    switch (how) {
      case "missing" -> repository.remove(name);
      case "shorter" -> repository.alter(name, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
      default ->
        repository.alter(name, bytes -> {
          Arrays.fill(bytes, 128, bytes.length, (byte) 7);
          return bytes;
        });
    }
  }

  private void assertRestored(RestoreRequest options) throws Exception {
    RestoreReport report = restore(options);
    assertThat(report.plan().backup().sequence()).isEqualTo(1);
    assertThat(Oracle.structural().arranged().check(set())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "shorter", "altered"})
  void anIndexMap(String how) throws Exception {
    ObjectName map = repository.find("index/indexmap");
    repository.backUpAgain(folder.resolve("db"), map);
    damage(map, how.equals("altered") ? "shorter" : how);

    assertRestored(FIRST);
    assertThat(names(INDEX)).contains("indexmap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "shorter", "altered"})
  void aChunkThatHoldsThePoint(String how) throws Exception {
    BackupFiles files = BackupFiles.read(repository.open(), 1);
    FileEntry chunk = files.completed().get(1);
    ObjectName object = chunk.objects().get(0).object();
    RestoreRequest inside =
        OPTIONS.at(new RestorePoint.AtPosition(files.manifest().log().chunkSizeBytes() * 3 / 2));
    repository.backUpAgain(folder.resolve("db"), object);
    damage(object, how);

    assertRestored(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "shorter", "altered"})
  void aSegmentForTruncating(String how) throws Exception {
    ObjectName segment = repository.find("active/");
    repository.backUpAgain(folder.resolve("db"), segment);
    damage(segment, how);

    RestoreReport report = restore(FIRST.truncating(1 << 20));
    assertThat(report.plan().backup().sequence()).isEqualTo(1);
  }

  @Test
  void readingWhatWasSentAgainIsLoggedAsAWarning() throws Exception {
    ObjectName map = repository.find("index/indexmap");
    repository.backUpAgain(folder.resolve("db"), map);
    repository.remove(map);
    try (LogLines log = new LogLines()) {
      restore(FIRST);
      assertThat(log.lines())
          .anyMatch(line ->
              line.startsWith("WARN ResentReader: the object that was sent again is read instead: ")
                  && line.contains(map.value()));
    }
  }

  @Test
  void withoutAnotherTheFirstFaultIsNamed() throws Exception {
    ObjectName map = repository.find("index/indexmap");
    repository.remove(map);

    assertThatThrownBy(() -> restore(FIRST))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED))
        .hasMessageContainingAll(map.value(), "is missing");
  }

  @Test
  void aStoreThatFailsMeanwhileKeepsItsMeaning() throws Exception {
    ObjectName map = repository.find("index/indexmap");
    Manifest again = repository.backUpAgain(folder.resolve("db"), map);
    repository.remove(map);
    // The repository, the manifest, its page, its checkpoints, and the map are read before others.
    FaultyStore store = new FaultyStore(
        repository.store(),
        Fault.atCall(Verb.READ, 5 + TestRepository.CHECKPOINTS)
            .as(StoreException.Kind.ACCESS_DENIED));

    assertThat(again.sequence()).isEqualTo(2);
    assertThatThrownBy(() -> RestoreBench.restore(disk, TestRepository.open(store), FIRST))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_ACCESS));
  }

  @Test
  void aLaterBackupThatIsGoneHasNothingToOffer() throws Exception {
    ObjectName map = repository.find("index/indexmap");
    StoredBytes lost = repository
        .open()
        .manifest(1)
        .files()
        .index()
        .orElseThrow()
        .map()
        .objects()
        .get(0);
    repository.backUpAgain(folder.resolve("db"), map);
    FaultyStore store = new FaultyStore(
        repository.store(), Fault.atCall(Verb.READ, 2).as(StoreException.Kind.NOT_FOUND));

    assertThat(new Replacements(repository.open(), 1).of(lost)).hasSize(1);
    assertThat(new Replacements(TestRepository.open(store), 1).of(lost)).isEmpty();
  }
}
