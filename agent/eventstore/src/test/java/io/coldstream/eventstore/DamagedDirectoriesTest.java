package io.coldstream.eventstore;

import static io.coldstream.eventstore.Refusal.damaged;
import static io.coldstream.eventstore.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.Cover;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableName;
import io.coldstream.eventstore.index.TableReader;
import io.coldstream.eventstore.log.EpochChain;
import io.coldstream.eventstore.log.LogReader;
import io.coldstream.eventstore.log.RecordVisitor;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages a real data directory in every way that its files know, and expects to be told. */
class DamagedDirectoriesTest {

  private static final String ACTIVE = "chunk-000007.000000";

  @TempDir
  Path folder;

  private Path db;
  private long writer;
  private long epoch;

  @BeforeEach
  void unpack() {
    Fixture orders = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    db = orders.database();
    writer = orders.expected("db").writer();
    epoch = orders.expected("db").checkpoints().get("epoch");
  }

  @Test
  void aWriterThatIsCutIsNamed() throws IOException {
    edit("writer.chk", bytes -> Arrays.copyOf(bytes, 7));
    damaged(Invariant.I1, this::readAll, "writer.chk: is 7 bytes long");
  }

  @Test
  void anEmptyChunkIsNamed() throws IOException {
    edit("chunk-000003.000000", bytes -> new byte[0]);
    damaged(Invariant.I2, this::readAll, "chunk-000003.000000: is 0 bytes long");
  }

  @Test
  void aChunkWithoutItsFooterIsNamed() throws IOException {
    edit("chunk-000003.000000", bytes -> Arrays.copyOf(bytes, bytes.length - 128));
    damaged(Invariant.I2, this::readAll, "chunk-000003.000000: has no footer");
  }

  @Test
  void aChunkInThePlaceOfAnotherIsNamed() throws IOException {
    Files.copy(db.resolve("chunk-000003.000000"), db.resolve("chunk-000004.000001"));
    damaged(Invariant.I2, this::readAll, "chunk-000004.000001: holds the header of chunk number 3");
  }

  @Test
  void aMissingChunkIsNamed() throws IOException {
    Files.delete(db.resolve("chunk-000003.000000"));
    damaged(Invariant.I2, this::readAll, "no file holds chunk number 3");
  }

  @Test
  void aFolderOrADanglingLinkIsNoChunk() throws IOException {
    Files.createDirectory(db.resolve("chunk-000002.000001"));
    Files.createSymbolicLink(db.resolve("chunk-000003.000001"), db.resolve("nothing"));
    Files.write(db.resolve("chunk-000004.backup"), new byte[10]);
    Cover cover = Database.of(db).cover();
    assertThat(cover.leftOut())
        .extracting(Cover.LeftOut::name)
        .containsExactly("chunk-000002.000001", "chunk-000003.000001", "chunk-000004.backup");
    readAll();
  }

  @Test
  void aLinkedChunkIsFollowed() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(db.resolve("chunk-000003.000000"), elsewhere);
    Files.createSymbolicLink(db.resolve("chunk-000003.000000"), elsewhere);
    readAll();
  }

  @Test
  void anActiveChunkThatIsTooShortIsNamed() throws IOException {
    int needed = (int) (128 + writer - 7 * 262_144);
    edit(ACTIVE, bytes -> Arrays.copyOf(bytes, needed));
    readAll();
    edit(ACTIVE, bytes -> Arrays.copyOf(bytes, needed - 1));
    damaged(Invariant.I3, this::readAll, ACTIVE + ": is " + (needed - 1) + " bytes long");
  }

  @Test
  void anEncryptedActiveChunkIsRefused() throws IOException {
    edit(ACTIVE, bytes -> {
      bytes[35] = 1;
      return bytes;
    });
    refused(DatabaseException.Kind.UNSUPPORTED, Invariant.I10, this::readAll, ACTIVE, "encrypted");
  }

  @Test
  void aScavengedChunkAtTheEndOfTheLogMeansThatTheEndIsOld() throws IOException {
    long end = 6 * 262_144 + 1000;
    edit("chunk-000006.000000", bytes -> {
      bytes[14] = 1;
      return bytes;
    });
    edit("writer.chk", bytes -> Checkpoint.at(CheckpointName.WRITER, end).bytes());
    refused(
        DatabaseException.Kind.CHANGED,
        Invariant.I3,
        () -> Database.of(db).log(),
        "chunk-000006.000000: is scavenged");
  }

  @Test
  void everyEndThatIsNoRecordsEndIsDamage() throws IOException {
    List<Long> ends = new ArrayList<>();
    LogReader whole = Database.of(db).log();
    whole.walkBackwards(writer, record -> {
      ends.add(record.endPosition());
      return ends.size() < 4;
    });
    assertThat(ends).hasSize(4);
    List<Chunk> chunks = whole.chunks();
    for (long at = ends.get(3); at <= writer; at++) {
      long end = at;
      LogReader log = new LogReader(chunks, end, Database.of(db)::open);
      if (ends.contains(end)) {
        assertThat(log.recordEndingAt(end).endPosition()).isEqualTo(end);
      } else {
        damaged(Invariant.I1, () -> log.recordEndingAt(end), ACTIVE);
      }
    }
  }

  @Test
  void aFlippedByteInARecordsFrameIsFound() throws IOException {
    List<Long> starts = new ArrayList<>();
    Database.of(db).log().walk(7 * 262_144, writer, record -> starts.add(record.position()));
    byte[] before = Files.readAllBytes(db.resolve(ACTIVE));
    for (int i = 0; i < starts.size(); i += 5) {
      int offset = (int) (128 + starts.get(i) - 7 * 262_144);
      // Both lengths, and the position that the record says it has.
      for (int field : new int[] {0, 1, 6, 8}) {
        edit(ACTIVE, bytes -> {
          bytes[offset + field] ^= 0x10;
          return bytes;
        });
        damaged(
            Invariant.I1,
            () -> Database.of(db).log().walk(7 * 262_144, writer, RecordVisitor.ALL),
            ACTIVE);
        Files.write(db.resolve(ACTIVE), before);
      }
    }
    assertThat(starts).hasSizeGreaterThan(20);
  }

  @Test
  void anEpochPositionThatLeadsNowhereIsDamage() throws IOException {
    LogReader log = Database.of(db).log();
    damaged(Invariant.I1, () -> EpochChain.lineage(log, epoch + 1));
    damaged(Invariant.I5, () -> EpochChain.lineage(log, writer));
    long behind = log.recordAt(epoch).endPosition();
    damaged(Invariant.I5, () -> EpochChain.lineage(log, behind), "is not an epoch record");
  }

  @Test
  void anIndexThatIsDamagedIsNamed() throws IOException {
    Path index = db.resolve("index");
    Database database = Database.of(db);
    TableName table =
        IndexMap.read(database.files(), index).orElseThrow().tables().get(0);
    edit("index/" + table, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
    damaged(
        Invariant.I7,
        () -> TableReader.facts(database.files().open(index.resolve(table.guid())), table),
        table.guid());
    edit("index/indexmap", bytes -> {
      bytes[40] ^= 1;
      return bytes;
    });
    damaged(Invariant.I7, () -> IndexMap.read(database.files(), index), "states the MD5");
    Files.delete(index.resolve("indexmap"));
    assertThat(IndexMap.read(database.files(), index)).isEmpty();
  }

  private void readAll() throws IOException {
    LogReader log = Database.of(db).log();
    log.walk(0, log.writer(), RecordVisitor.ALL);
    assertThat(EpochChain.lineage(log, epoch).epochs()).hasSize(4);
    assertThat(log.chunks()).extracting(Chunk::name).contains(new ChunkFileName(7, 0));
  }

  private interface Edit {
    byte[] of(byte[] bytes);
  }

  private void edit(String name, Edit edit) throws IOException {
    Path path = db.resolve(name);
    Files.write(path, edit.of(Files.readAllBytes(path)));
  }
}
