package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.index.BloomFilter;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableName;
import io.coldstream.eventstore.testing.model.IndexImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the index is captured, left out, or reason to refuse. */
class CaptureIndexTest {

  @TempDir
  private Path folder;

  /** What the index map of the fixture says. */
  private static final long COMMIT = 1788696;

  private Rig rig;

  @BeforeEach
  void unpack() {
    rig = Rig.orders(folder);
  }

  @Test
  void aMissingTableIsRefused() {
    String table = rig.tables().get(0);
    rig.delete(table);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains(table.substring(6), "I7", "missing", "--without-index");
  }

  @Test
  void tablesWithExchangedContentsAreRefused() {
    List<String> tables = rig.tables();
    byte[] first = rig.read(tables.get(0));
    rig.write(tables.get(0), rig.read(tables.get(1)));
    rig.write(tables.get(1), first);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("exchanged", tables.get(0).substring(6), tables.get(1).substring(6))
        .containsOnlyOnce("back up without the index")
        .contains("--without-index");
  }

  @Test
  void aDamagedTableIsRefused() {
    String table = rig.tables().get(0);
    rig.write(table, new byte[1000]);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains(table.substring(6), "I7", "--without-index");
  }

  @Test
  void aTruncatedTableIsRefused() {
    String table = rig.tables().get(0);
    byte[] bytes = rig.read(table);
    rig.write(table, Arrays.copyOf(bytes, bytes.length - 5));
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains(table.substring(6), "I7");
  }

  @Test
  void aMapWithAWrongDigestIsRefused() {
    rig.flip("index/indexmap", 40);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("indexmap", "I7", "MD5", "--without-index");
  }

  @Test
  void aDamagedIndexIsExcludedOnRequest() throws Exception {
    rig.withoutIndex();
    rig.flip("index/indexmap", 40);
    try (Capture capture = rig.capture()) {
      assertThat(capture.files().index()).isEmpty();
      assertThat(capture.leftOut())
          .contains(new LeftOut("index", "requested with --without-index"));
      assertThat(capture.warnings()).isEmpty();
    }
  }

  @Test
  void aTemporarilyAbsentMapIsReadAgain() throws Exception {
    rig.rename("index/indexmap", "index/indexmap.x.indexmap.tmp");
    rig.between = () -> rig.rename("index/indexmap.x.indexmap.tmp", "index/indexmap");
    try (Capture capture = rig.capture()) {
      assertThat(capture.files().index()).isNotEmpty();
    }
    assertThat(rig.pauses).isEqualTo(1);
  }

  @Test
  void theMapAbsentForGood() throws Exception {
    rig.delete("index/indexmap");
    assertLeftOut("its tables have no index map");
    assertThat(rig.pauses).isPositive();
  }

  @Test
  void noIndexAtAll() throws Exception {
    rig.rename("index", "elsewhere");
    assertLeftOut("no index at " + rig.db.resolve("index"));
    try (Capture capture = rig.capture()) {
      assertThat(capture.warnings())
          .allMatch(
              warning -> warning.contains("; if the server runs with --index, give it here too"));
    }
    assertThat(rig.pauses).isZero();
    rig.withoutIndex();
    assertNoWarning();
  }

  @Test
  void anIndexFolderThatIsNone() throws Exception {
    Path other = folder.resolve("photos");
    Files.move(rig.db.resolve("index"), folder.resolve("elsewhere"));
    Files.createDirectory(other);
    rig.with(settings -> CaptureSettings.of(new DatabaseFolders(rig.db, other)));
    assertLeftOut("no index at " + other);
  }

  @Test
  void anIndexFolderWhoseServerHasNotWrittenATableYet() throws Exception {
    Path other = Files.createDirectory(folder.resolve("young"));
    Files.createDirectory(other.resolve("stream-existence"));
    rig.with(settings -> CaptureSettings.of(new DatabaseFolders(rig.db, other)));
    assertNoWarning();
  }

  @Test
  void noIndexBesideALogThatIsStillInItsFirstChunk() throws Exception {
    BuiltLog log = new BuiltLog();
    log.epoch();
    log.event();
    rig = log.rig();
    assertNoWarning();
    log.nextChunk();
    log.event();
    rig = log.rig();
    try (Capture capture = rig.capture()) {
      assertThat(capture.warnings()).hasSize(1);
    }
  }

  private void assertNoWarning() throws Exception {
    try (Capture capture = rig.capture()) {
      assertThat(capture.files().index()).isEmpty();
      assertThat(capture.leftOut()).extracting(LeftOut::name).contains("index");
      assertThat(capture.warnings()).isEmpty();
    }
  }

  @Test
  void anIndexThatReachesTheRestorePoint() throws Exception {
    long writer = rig.checkpoint("writer.chk");
    List<IndexImage.MapLine> lines =
        List.of(new IndexImage.MapLine(0, 0, rig.tables().get(0).substring(6)));
    rig.write("index/indexmap", IndexImage.map(writer, writer, 10, lines));
    assertLeftOut("not below the restore point " + writer);
    rig.write("index/indexmap", IndexImage.map(writer - 1, writer - 1, 10, lines));
    try (Capture capture = rig.capture()) {
      assertThat(map(capture).commitCheckpoint()).hasValue(writer - 1);
    }
  }

  private void assertLeftOut(String reason) throws Exception {
    try (Capture capture = rig.capture()) {
      assertThat(capture.files().index()).isEmpty();
      assertThat(capture.leftOut())
          .filteredOn(left -> left.name().equals("index"))
          .hasSize(1)
          .allMatch(left -> left.reason().contains(reason));
      assertThat(capture.warnings()).hasSize(1).allMatch(warning -> warning.contains(reason));
      assertThat(capture.pins().count()).isEqualTo(8);
    }
  }

  @Test
  void aMapThatChangesWhileItsTablesAreOpened() throws Exception {
    String gone = rig.tables().get(0);
    String stays = rig.tables().get(1);
    AtomicInteger openings = new AtomicInteger();
    rig.through(local -> {
      RecordingFiles files = new RecordingFiles(local);
      files.before = name -> {
        if (name.equals(stays.substring(6)) && openings.getAndIncrement() == 0) {
          rig.write(
              "index/indexmap",
              IndexImage.map(
                  COMMIT, COMMIT, 10, List.of(new IndexImage.MapLine(0, 0, stays.substring(6)))));
          rig.delete(gone);
        }
      };
      return files;
    });
    try (Capture capture = rig.capture()) {
      assertThat(map(capture).tables())
          .extracting(TableName::guid)
          .containsExactly(stays.substring(6));
      // The table, its filter, and eight chunks: what the old map listed is let go.
      assertThat(capture.pins().count()).isEqualTo(10);
    }
    assertThat(rig.pauses).isZero();
  }

  @Test
  void aTableWithoutAFilter() throws Exception {
    rig.delete(rig.tables().get(0) + ".bloomfilter");
    try (Capture capture = rig.capture()) {
      assertThat(map(capture).tables()).hasSize(2);
      assertThat(capture.files().index())
          .filteredOn(BloomFilter.class::isInstance)
          .hasSize(1);
    }
  }

  @Test
  void anIndexFolderElsewhere() throws Exception {
    Path elsewhere = folder.resolve("fast-disk");
    Files.move(rig.db.resolve("index"), elsewhere);
    rig.with(settings -> CaptureSettings.of(new DatabaseFolders(rig.db, elsewhere)));
    try (Capture capture = rig.capture()) {
      assertThat(capture.files().index()).isNotEmpty();
      assertThat(capture.leftOut())
          .extracting(LeftOut::name)
          .contains("index/stream-existence")
          .doesNotContain("index");
    }
  }

  @Test
  void whatIsLeftOutIsListedWithTheReason() throws Exception {
    rig.write("chunk-000009.000000.1b.tmp", new byte[3]);
    rig.write("chunk-000001.000001.archive.bkup", new byte[3]);
    rig.write("kurrent.ddb.wal", new byte[3]);
    rig.write("tag.chk", new byte[8]);
    rig.write("index/.forceverify", new byte[0]);
    rig.write("index/00000000-0000-0000-0000-000000000001", new byte[3]);
    Files.createDirectory(rig.db.resolve("index-backup-2024-01-01_00-00-00.000"));
    rig.write("chunk-000003.000001", rig.read("chunk-000003.000000"));
    try (Capture capture = rig.capture()) {
      assertThat(capture.leftOut())
          .extracting(LeftOut::name)
          .contains(
              "chunk-000009.000000.1b.tmp",
              "chunk-000001.000001.archive.bkup",
              "kurrent.ddb.wal",
              "tag.chk",
              "index/.forceverify",
              "index/00000000-0000-0000-0000-000000000001",
              "index/stream-existence",
              "index-backup-2024-01-01_00-00-00.000",
              "chunk-000003.000000")
          .doesNotHaveDuplicates();
      assertThat(capture.leftOut())
          .allSatisfy(
              left -> assertThat(left.reason()).isNotBlank().doesNotContain("not a file of"));
      assertThat(capture.warnings()).isEmpty();
    }
  }

  private static IndexMap map(Capture capture) {
    return (IndexMap) capture.files().index().get(capture.files().index().size() - 1);
  }
}
