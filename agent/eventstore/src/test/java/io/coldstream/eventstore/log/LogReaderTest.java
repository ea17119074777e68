package io.coldstream.eventstore.log;

import static io.coldstream.eventstore.Refusal.damaged;
import static io.coldstream.eventstore.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogReaderTest {

  @Test
  void recordsAreFoundByStartAndByEnd() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1);
    long second = log.end();
    long third = log.event().end();
    LogReader reader = log.event().complete().event().reader();
    assertThat(reader.recordAt(second)).isInstanceOf(PrepareRecord.class);
    assertThat(reader.recordAt(second).endPosition()).isEqualTo(third);
    assertThat(reader.recordEndingAt(third)).isEqualTo(reader.recordAt(second));
    assertThat(reader.recordAt(2000).endPosition()).isEqualTo(reader.writer());
    assertThat(reader.recordEndingAt(reader.writer()).position()).isEqualTo(2000);
    assertThat(reader.chunkAt(1999).name().number()).isZero();
    assertThat(reader.chunkAt(2000).name().number()).isEqualTo(1);
  }

  @Test
  void anEndThatIsNoRecordsEndIsDamage() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1).event().event();
    long end = log.end();
    for (long writer = 1; writer < end; writer++) {
      long at = writer;
      LogReader reader = log.reader(at);
      List<Long> ends = new ArrayList<>();
      ends.add(new SmallLog().epoch(0, -1).end());
      ends.add(new SmallLog().epoch(0, -1).event().end());
      if (ends.contains(at)) {
        assertThat(reader.recordEndingAt(at).endPosition()).isEqualTo(at);
        reader.walk(0, at, RecordVisitor.ALL);
      } else {
        damaged(Invariant.I1, () -> reader.recordEndingAt(at));
        damaged(Invariant.I1, () -> reader.walk(0, at, RecordVisitor.ALL), "is cut off");
        damaged(Invariant.I1, () -> SafeCuts.atOrBelowRecordEnd(reader, at));
      }
    }
  }

  @Test
  void anEndInTheUnwrittenPartIsDamage() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1).event();
    LogReader reader = log.reader(log.end() + 100);
    damaged(
        Invariant.I1, () -> reader.recordEndingAt(log.end() + 100), "the length before it is 0");
    damaged(
        Invariant.I1,
        () -> reader.walk(0, log.end() + 100, RecordVisitor.ALL),
        "states a length of 0 bytes");
  }

  @Test
  void anEndInTheGapBehindACompletedChunkIsDamage() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1).event();
    long end = log.end();
    log.complete();
    damaged(Invariant.I1, () -> log.reader(end + 1), "in the gap between chunks");
    assertThat(log.reader(end).recordEndingAt(end).endPosition()).isEqualTo(end);
    assertThat(log.reader(2000).dataEnd(log.reader(2000).chunks().get(0))).isEqualTo(end);
    LogReader whole = log.reader(2000);
    damaged(Invariant.I1, () -> whole.recordEndingAt(end + 1), "no record is known to end");
    damaged(Invariant.I1, () -> whole.walk(0, end + 1, RecordVisitor.ALL), "below");
    whole.walk(0, 2000, RecordVisitor.ALL);
  }

  @Test
  void aStretchWithinTheLogIsWalkedOver() throws IOException {
    LogReader reader = new SmallLog().epoch(0, -1).complete().event().reader();
    assertThatIllegalArgumentException().isThrownBy(() -> reader.walk(5, 5, RecordVisitor.ALL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.walk(0, reader.writer() + 1, RecordVisitor.ALL));
    assertThatIllegalArgumentException().isThrownBy(() -> reader.chunkAt(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> reader.chunkAt(reader.writer()));
    List<LogRecord> records = new ArrayList<>();
    reader.walk(0, reader.writer(), records::add);
    assertThat(records).hasSize(2);
    damaged(Invariant.I5, () -> reader.recordAt(-1), "no record can start at -1");
    damaged(Invariant.I5, () -> reader.recordAt(reader.writer()));
  }

  @Test
  void aDamagedRecordIsNamed() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1);
    long second = log.end();
    log.event().event();
    log.reader();
    log.flip(0, second);
    LogReader reader = new SmallLog().epoch(0, -1).event().event().reader();
    assertThat(reader.recordAt(second)).isNotNull();
    SmallLog damaged = new SmallLog().epoch(0, -1).event().event().complete();
    damaged.flip(0, second);
    LogReader flipped = damaged.reader(2000);
    damaged(Invariant.I1, () -> flipped.recordAt(second), "the record at " + second);
    damaged(Invariant.I1, () -> flipped.walk(0, 2000, RecordVisitor.ALL), "at " + second);
    damaged(
        Invariant.I1,
        () -> flipped.walkBackwards(2000, record -> true),
        "which leads to no record");
  }

  @Test
  void aScavengedChunkIsReadThroughItsMap() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1).without(300);
    long kept = log.end();
    log.event().without(100);
    long last = log.end();
    log.event();
    long dataEnd = log.end();
    LogReader reader = log.completeScavenged().event().reader();
    assertThat(reader.recordAt(kept).position()).isEqualTo(kept);
    assertThat(reader.recordAt(0)).isInstanceOf(SystemRecord.class);
    damaged(Invariant.I1, () -> reader.recordAt(kept - 1), "not in the chunk's position map");
    assertThat(reader.recordEndingAt(dataEnd).position()).isEqualTo(last);
    damaged(Invariant.I1, () -> reader.recordEndingAt(last), "no record is known to end");
    assertThatIllegalArgumentException().isThrownBy(() -> reader.walk(0, 2000, RecordVisitor.ALL));
    List<Long> backwards = new ArrayList<>();
    reader.walkBackwards(reader.writer(), record -> backwards.add(record.position()));
    assertThat(backwards).containsExactly(2000L, last, kept, 0L);
    reader.walkBackwards(0, record -> {
      throw new AssertionError("there is none");
    });
  }

  @Test
  void aRecordOfAnotherChunkInAScavengedOneIsDamage() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1).without(1990);
    LogReader reader = log.event().without(-1990).completeScavenged().event().reader();
    damaged(
        Invariant.I1,
        () -> reader.walkBackwards(2000, record -> true),
        "does not hold this position");
  }

  @Test
  void anEncryptedChunkIsNotRead() throws IOException {
    LogReader reader = new SmallLog().epoch(0, -1).completeEncrypted().event().reader();
    refused(
        DatabaseException.Kind.UNSUPPORTED,
        Invariant.I10,
        () -> reader.recordAt(0),
        "transform 1",
        "without its key");
  }

  @Test
  void cutsAreFoundFromAnyPosition() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1);
    long first = log.end();
    long alone = log.event().end();
    log.event(0x23).event(0x21);
    long group = log.event(0x25).end();
    log.event(0x23);
    LogReader reader = log.reader();
    assertThat(SafeCuts.atOrBelowRecordEnd(reader, reader.writer())).isEqualTo(group);
    assertThat(SafeCuts.atOrBelowRecordEnd(reader, 0)).isZero();
    for (long at = 0; at <= reader.writer(); at++) {
      long expected = at >= group ? group : at >= alone ? alone : at >= first ? first : 0;
      assertThat(SafeCuts.atOrBelow(reader, at)).isEqualTo(expected);
    }
  }

  @Test
  void aChunksStartIsPreferredWhereItIsSafe() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1);
    long end = log.end();
    LogReader reader = log.complete().event(0x23).reader();
    assertThat(SafeCuts.atOrBelow(reader, 1999)).isEqualTo(end);
    assertThat(SafeCuts.atOrBelow(reader, 2000)).isEqualTo(2000);
    assertThat(SafeCuts.atOrBelowRecordEnd(reader, 2000)).isEqualTo(2000);
    assertThat(SafeCuts.atOrBelowRecordEnd(reader, reader.writer())).isEqualTo(2000);
  }

  @Test
  void aGroupThatIsTornByAChunksEndIsCutBeforeItsFirstRecord() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1);
    long end = log.end();
    LogReader reader = log.event(0x23).complete().event(0x21).reader();
    assertThat(SafeCuts.atOrBelow(reader, 2000)).isEqualTo(end);
    assertThat(SafeCuts.atOrBelow(reader, reader.writer())).isEqualTo(end);
    assertThat(SafeCuts.atOrBelowRecordEnd(reader, reader.writer())).isEqualTo(end);
  }

  @Test
  void aScavengedChunkHasNoCutInside() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1).complete().event().without(100);
    LogReader reader = log.event(0x23).completeScavenged().event(0x23).reader();
    assertThat(SafeCuts.atOrBelow(reader, reader.writer())).isEqualTo(4000);
    assertThat(SafeCuts.atOrBelow(reader, 4000)).isEqualTo(4000);
    assertThat(SafeCuts.atOrBelow(reader, 3999)).isEqualTo(2000);
    assertThat(SafeCuts.atOrBelow(reader, 2001)).isEqualTo(2000);
  }

  @Test
  void aChunkThatKeptNothingIsPassedOver() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1).complete().completeScavenged();
    LogReader reader = log.event(0x23).reader();
    assertThat(EpochSearch.lastBelow(reader, reader.writer(), 1 << 20)).isPresent();
    assertThat(SafeCuts.atOrBelowRecordEnd(reader, reader.writer())).isEqualTo(4000);
  }
}
