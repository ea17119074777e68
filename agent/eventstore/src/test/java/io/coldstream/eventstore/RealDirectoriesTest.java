package io.coldstream.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.checkpoint.CheckpointReader;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.Cover;
import io.coldstream.eventstore.chunk.PositionMap;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.IndexTable;
import io.coldstream.eventstore.index.TableName;
import io.coldstream.eventstore.index.TableReader;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.EpochChain;
import io.coldstream.eventstore.log.EpochSearch;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.eventstore.log.LogReader;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.SafeCuts;
import io.coldstream.eventstore.log.SystemRecord;
import io.coldstream.eventstore.testing.ExpectedState;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Reads every state of every real data directory and compares it with what is known of it. */
class RealDirectoriesTest {

  @TempDir
  Path folder;

  @TestFactory
  Stream<DynamicTest> everyStateIsWhatAnIndependentCheckerFound() {
    return states((fixture, state) -> {
      ExpectedState expected = fixture.expected(state);
      Database database = Database.of(fixture.database(state));
      checkpoints(database, expected);
      chunks(database, expected);
      index(database, expected);
      records(database, expected);
    });
  }

  @TestFactory
  Stream<DynamicTest> theLineageGoesBackToTheFirstRecordThroughChunksOfEveryKind() {
    return states((fixture, state) -> {
      ExpectedState expected = fixture.expected(state);
      LogReader log = Database.of(fixture.database(state)).log();
      Lineage lineage = EpochChain.lineage(log, expected.checkpoints().get("epoch"));
      assertThat(lineage.epochs().get(0).position()).isZero();
      assertThat(lineage.epochs().get(0).number()).isZero();
      assertThat(lineage.epochs()).extracting(Epoch::position).containsAll(expected.epochs());
      assertThat(lineage.last().position())
          .isEqualTo(expected.epochs().get(expected.epochs().size() - 1));
      assertThat(lineage.lastWhollyBelow(log.writer())).contains(lineage.last());
      assertThat(EpochSearch.lastBelow(log, log.writer(), log.writer())).contains(lineage.last());
      assertThat(EpochSearch.lastBelow(log, log.writer(), 1)).isEmpty();
      assertThat(EpochChain.read(log, lineage.last().position(), epoch -> true))
          .containsExactly(lineage.last());
      List<Epoch> walked = new ArrayList<>();
      log.walkBackwards(log.writer(), record -> {
        if (record instanceof SystemRecord system) {
          system.epoch().ifPresent(epoch -> walked.add(0, epoch));
        }
        return true;
      });
      assertThat(walked).isEqualTo(lineage.epochs());
    });
  }

  @TestFactory
  Stream<DynamicTest> everyDayOfASeriesContinuesTheDayBefore() {
    return Fixtures.VERSIONS.stream()
        .map(version -> DynamicTest.dynamicTest(version, () -> {
          Fixture series = Fixture.unpack("series-" + version, folder);
          List<Lineage> days = new ArrayList<>();
          for (String day : List.of("day1", "day2", "day3")) {
            days.add(EpochChain.lineage(
                Database.of(series.database(day)).log(),
                series.expected(day).checkpoints().get("epoch")));
          }
          for (int day = 1; day < days.size(); day++) {
            List<Epoch> before = days.get(day - 1).epochs();
            assertThat(days.get(day).epochs().subList(0, before.size())).isEqualTo(before);
          }
          Fixture crash = Fixture.unpack("crash-" + version, folder);
          Lineage crashed = EpochChain.lineage(
              Database.of(crash.database()).log(),
              crash.expected("db").checkpoints().get("epoch"));
          assertThat(crashed.databaseId()).isEqualTo(days.get(2).databaseId());
        }));
  }

  private static void checkpoints(Database database, ExpectedState expected) throws IOException {
    for (CheckpointName name : CheckpointName.values()) {
      long value = expected.checkpoints().get(name.name().toLowerCase(Locale.ROOT));
      Checkpoint checkpoint = value < 0 ? Checkpoint.unset(name) : Checkpoint.at(name, value);
      assertThat(CheckpointReader.read(database.files(), database.folder(), name))
          .contains(checkpoint);
      assertThat(database.folder().resolve(name.fileName())).hasBinaryContent(checkpoint.bytes());
    }
  }

  private static void chunks(Database database, ExpectedState expected) throws IOException {
    Cover cover = database.cover();
    assertThat(cover.chunks()).extracting(ChunkFileName::toString).isEqualTo(expected.cover());
    assertThat(cover.leftOut()).isEmpty();
    assertThat(
            cover.chunks().size() + cover.superseded().size() + cover.beyond().size())
        .isEqualTo(expected.chunks().size());
    for (ExpectedState.Chunk chunk : expected.chunks()) {
      Chunk facts = database.facts(ChunkFileName.parse(chunk.file()).orElseThrow());
      assertThat(describe(facts)).isEqualTo(chunk);
      if (facts.isCompleted()) {
        byte[] bytes = Files.readAllBytes(database.folder().resolve(chunk.file()));
        assertThat(md5BeforeItself(bytes))
            .isEqualTo(facts.footer().orElseThrow().md5());
      }
    }
  }

  private static ExpectedState.Chunk describe(Chunk facts) {
    return new ExpectedState.Chunk(
        facts.name().toString(),
        facts.header().format(),
        facts.header().chunkSizeBytes(),
        facts.header().firstNumber(),
        facts.header().lastNumber(),
        facts.header().scavenged(),
        facts.header().id().toString(),
        facts.header().transform(),
        facts.lengthBytes(),
        facts
            .footer()
            .map(footer -> new ExpectedState.Footer(
                footer.physicalDataBytes(),
                footer.logicalDataBytes(),
                footer.positionMapBytes(),
                footer.md5().hex())));
  }

  private static void index(Database database, ExpectedState expected) throws IOException {
    Path indexFolder = database.folder().resolve("index");
    Optional<IndexMap> read = IndexMap.read(database.files(), indexFolder);
    assertThat(read.map(map -> new ExpectedState.IndexMap(
            map.prepareCheckpoint().orElse(-1),
            map.commitCheckpoint().orElse(-1),
            map.maxAutoMergeLevel(),
            map.tables().stream().map(TableName::guid).toList())))
        .isEqualTo(expected.indexMap());
    for (TableName table : read.map(IndexMap::tables).orElse(List.of())) {
      byte[] bytes = Files.readAllBytes(indexFolder.resolve(table.guid()));
      try (OpenFile file = database.files().open(indexFolder.resolve(table.guid()))) {
        assertThat(TableReader.facts(file, table))
            .isEqualTo(new IndexTable(table, bytes.length, md5BeforeItself(bytes)));
      }
    }
  }

  /** Chunks and tables both end in the digest of all that stands before it. */
  private static Md5 md5BeforeItself(byte[] bytes) {
    MessageDigest digest = Md5.newDigest();
    digest.update(bytes, 0, bytes.length - Md5.LENGTH_BYTES);
    Md5 actual = Md5.ofBytes(digest.digest());
    assertThat(Arrays.copyOfRange(bytes, bytes.length - Md5.LENGTH_BYTES, bytes.length))
        .isEqualTo(actual.bytes());
    return actual;
  }

  private static void records(Database database, ExpectedState expected) throws IOException {
    LogReader log = database.log();
    List<LogRecord> walked = new ArrayList<>();
    for (Chunk chunk : log.chunks()) {
      if (chunk.header().scavenged()) {
        everyRecordIsFoundThroughTheMap(database, log, chunk);
      } else {
        log.walk(chunk.startPosition(), Math.min(chunk.endPosition(), log.writer()), walked::add);
      }
    }
    assertThat(walked.stream()
            .filter(r -> r instanceof SystemRecord s && s.epoch().isPresent())
            .map(LogRecord::position))
        .isEqualTo(expected.epochs());
    List<Long> cuts = walked.stream()
        .filter(LogRecord::endsAtSafeCut)
        .map(LogRecord::endPosition)
        .toList();
    expected.safeCuts().ifPresent(safe -> {
      assertThat(cuts).hasSize(safe.count());
      assertThat(cuts.subList(0, 3)).isEqualTo(safe.first());
      assertThat(cuts.subList(cuts.size() - 3, cuts.size())).isEqualTo(safe.last());
    });
    assertThat(SafeCuts.atOrBelow(log, log.writer())).isEqualTo(cuts.get(cuts.size() - 1));
    assertThat(SafeCuts.atOrBelowRecordEnd(log, log.writer())).isEqualTo(cuts.get(cuts.size() - 1));
    for (LogRecord record : walked) {
      assertThat(log.recordAt(record.position())).isEqualTo(record);
      assertThat(log.recordEndingAt(record.endPosition())).isEqualTo(record);
    }
  }

  private static void everyRecordIsFoundThroughTheMap(Database database, LogReader log, Chunk chunk)
      throws IOException {
    Map<Long, LogRecord> found = new HashMap<>();
    log.walkBackwards(chunk.endPosition(), record -> {
      boolean inChunk = record.position() >= chunk.startPosition();
      if (inChunk) {
        found.put(record.position(), record);
      }
      return inChunk;
    });
    try (OpenFile file = database.open(chunk.name())) {
      PositionMap map = new PositionMap(file, chunk);
      assertThat(map.entries()).isEqualTo(found.size());
      for (LogRecord record : found.values()) {
        assertThat(map.fileOffset(record.position())).isNotEmpty();
        assertThat(map.fileOffset(record.position() + 1)).isEqualTo(OptionalLong.empty());
        assertThat(log.recordAt(record.position())).isEqualTo(record);
      }
    }
  }

  private interface Check {
    void of(Fixture fixture, String state) throws IOException;
  }

  private Stream<DynamicTest> states(Check check) {
    return Fixtures.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> {
          Fixture fixture = Fixture.unpack(name, folder);
          assertThat(fixture.expected()).isNotEmpty();
          for (String state : fixture.expected().keySet()) {
            check.of(fixture, state);
          }
        }));
  }
}
