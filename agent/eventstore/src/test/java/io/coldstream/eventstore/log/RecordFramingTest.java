package io.coldstream.eventstore.log;

import static io.coldstream.eventstore.Refusal.damaged;
import static io.coldstream.eventstore.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.testing.model.Bytes;
import io.coldstream.eventstore.testing.model.RecordImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFramingTest {

  private static final long TICKS = 638_355_968_000_000_000L;
  private static final Instant TIME = Instant.parse("2023-11-14T22:13:20Z");
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final long START = 1000;

  @Test
  void aCommitIsReadAsServersWriteIt() throws IOException {
    byte[] bytes = HexFormat.of()
        .parseHex("3a0000000101e803000000000000840300000000000007000000000000"
            + "00e80300000000000033221100554477668899aabbccddeeff0000e4e85ee5db083a000000");
    assertThat(fed(bytes)).containsExactly(new CommitRecord(1000, 1066, TIME, 900, 7));
  }

  @Test
  void anOldCommitHasShortFields() throws IOException {
    byte[] payload = RecordImage.commit(0, START, 900, 7, ID, TICKS);
    assertThat(payload).hasSize(54);
    assertThat(fed(RecordImage.framed(payload)))
        .containsExactly(new CommitRecord(1000, 1062, TIME, 900, 7));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anEventHasItsTimeBehindItsStream(int version) throws IOException {
    for (int nameLength : new int[] {0, 1, 127, 128, 300, 20_000}) {
      byte[] payload = prepare(version, START, 0x27, "s".repeat(nameLength), new byte[50]);
      assertThat(fed(RecordImage.framed(payload)))
          .containsExactly(new PrepareRecord(
              START,
              START + 8 + payload.length,
              TIME,
              0x27,
              START,
              0,
              -1,
              StreamName.of("s".repeat(nameLength))));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "$, true",
    "$epoch-information, true",
    "orders-1, false",
    "a$b, false",
    "$$, false",
    "$$orders-1, false", // metadata of a stream of somebody's
    "$$$scavenges, true"
  })
  void aSystemStreamIsOneOfTheServersOwn(String stream, boolean system) throws IOException {
    for (int version = 0; version <= 1; version++) {
      byte[] payload = prepare(version, START, 0x27, stream, new byte[9]);
      assertThat(fed(RecordImage.framed(payload)))
          .extracting(r -> ((PrepareRecord) r).systemStream())
          .containsExactly(system);
    }
  }

  @Test
  void aLongMetadataStreamsNameIsReadBehindItsLength() throws IOException {
    for (int length : new int[] {130, 20_000}) {
      byte[] payload = prepare(1, START, 0x27, "$$$" + "s".repeat(length), new byte[9]);
      assertThat(((PrepareRecord) fed(RecordImage.framed(payload)).get(0)).systemStream())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x27, true", // one event by itself
    "0x23, false", // first of several
    "0x21, false",
    "0x25, true", // last of several
    "0x03, true", // begins an explicit transaction
    "0x01, true",
    "0x05, true",
    "0x00, true",
    "0x2c, true" // deletes a stream
  })
  void aCutIsSafeWhereNothingWrittenAsOneIsOpen(String flags, boolean safe) throws IOException {
    byte[] payload = prepare(1, START, Integer.decode(flags), "s", new byte[0]);
    assertThat(fed(RecordImage.framed(payload)).get(0).endsAtSafeCut()).isEqualTo(safe);
  }

  @Test
  void theFirstEpochLeavesOutWhatIsZero() throws IOException {
    byte[] json = RecordImage.epochJson(0, 0, ID, -1, TICKS, ID);
    List<LogRecord> records = new ArrayList<>();
    RecordFraming framing = new RecordFraming("chunk", 0, records::add);
    framing.feed(ByteBuffer.wrap(RecordImage.framed(RecordImage.epoch(0, json, TICKS))));
    framing.finish();
    assertThat(records).hasSize(1);
    assertThat(records.get(0)).isInstanceOfSatisfying(SystemRecord.class, record -> {
      assertThat(record.timestamp()).isEqualTo(TIME);
      assertThat(record.epoch().orElseThrow().id()).isEqualTo(ID);
      assertThat(record.epoch().orElseThrow().previousPosition()).isEmpty();
      assertThat(record.endsAtSafeCut()).isTrue();
    });
  }

  @Test
  void anotherSystemRecordIsNoEpoch() throws IOException {
    byte[] payload = RecordImage.epoch(START, new byte[10], TICKS);
    payload[18] = 0;
    assertThat(fed(RecordImage.framed(payload)))
        .containsExactly(new SystemRecord(START, START + 50, TIME, java.util.Optional.empty()));
  }

  @Test
  void slicesMayBeOfAnySize() throws IOException {
    byte[] bytes = log();
    List<LogRecord> whole = fed(bytes);
    assertThat(whole).hasSize(6);
    Random random = new Random(1);
    for (int most = 1; most < 300; most++) {
      List<LogRecord> records = new ArrayList<>();
      RecordFraming framing = new RecordFraming("chunk", START, records::add);
      for (int at = 0; at < bytes.length; ) {
        int count = Math.min(1 + random.nextInt(most), bytes.length - at);
        ByteBuffer slice = ByteBuffer.wrap(bytes, at, count);
        framing.feed(slice);
        assertThat(slice.hasRemaining()).isFalse();
        at += count;
      }
      framing.finish();
      assertThat(records).isEqualTo(whole);
      assertThat(framing.lastRecordEnd()).isEqualTo(START + bytes.length);
    }
  }

  @Test
  void theLastSafeCutAndTheLastEndAreKnown() throws IOException {
    byte[] open = RecordImage.framed(prepare(1, START, 0x23, "s", new byte[9]));
    RecordFraming framing = new RecordFraming("chunk", START, RecordVisitor.ALL);
    assertThat(framing.lastSafeCut()).isEmpty();
    framing.feed(ByteBuffer.wrap(open));
    assertThat(framing.lastSafeCut()).isEmpty();
    assertThat(framing.lastRecordEnd()).isEqualTo(START + open.length);
    byte[] end = RecordImage.framed(prepare(1, START + open.length, 0x25, "s", new byte[9]));
    framing.feed(ByteBuffer.wrap(end));
    assertThat(framing.lastSafeCut()).hasValue(START + open.length + end.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 16 * 1024 * 1024 + 1, Integer.MAX_VALUE})
  void aHostileLengthIsDamage(int length) {
    damaged(
        Invariant.I1,
        () -> fed(new Bytes().i32(length).zerosTo(100).toArray()),
        "the record at 1000 states a length of " + length + " bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 20, 40})
  void aPayloadThatIsTooShortIsDamage(int length) {
    for (int type = 0; type < 3; type++) {
      byte[] payload = new Bytes().u8(type).u8(0).i64(START).zerosTo(40).toArray();
      byte[] cut = java.util.Arrays.copyOf(payload, length);
      if (type != 2 || length < 32) {
        damaged(Invariant.I1, () -> fed(RecordImage.framed(cut)), "payload of " + length);
      }
    }
  }

  @Test
  void aRecordFromElsewhereIsDamage() {
    damaged(
        Invariant.I1,
        () -> fed(RecordImage.framed(prepare(1, 999, 0x27, "s", new byte[0]))),
        "the record at 1000 states the position 999");
  }

  @Test
  void twoLengthsMustAgree() {
    byte[] bytes = RecordImage.framed(prepare(1, START, 0x27, "s", new byte[0]));
    bytes[bytes.length - 4]++;
    damaged(Invariant.I1, () -> fed(bytes), "after it");
  }

  @Test
  void aStreamNameThatRunsOutOfItsRecordIsDamage() {
    for (String length : new String[] {"ffffffff07", "ffffff7f", "ffffffffff", "8080808080"}) {
      byte[] payload = prepare(1, START, 0x27, "s".repeat(50), new byte[50]);
      System.arraycopy(HexFormat.of().parseHex(length), 0, payload, 32, length.length() / 2);
      damaged(Invariant.I1, () -> fed(RecordImage.framed(payload)), "too short");
    }
  }

  @Test
  void aTimeThatDotNetCannotHoldIsDamage() {
    byte[] payload = RecordImage.commit(1, START, 900, 7, ID, Long.MAX_VALUE);
    damaged(Invariant.I1, () -> fed(RecordImage.framed(payload)), "ticks");
  }

  @Test
  void unknownTypesAndVersionsAreNotRead() {
    for (int type : new int[] {3, 11}) {
      byte[] payload = new Bytes().u8(type).u8(0).i64(START).zerosTo(60).toArray();
      refused(
          DatabaseException.Kind.UNSUPPORTED,
          Invariant.I10,
          () -> fed(RecordImage.framed(payload)),
          "type " + type);
    }
    byte[] later = prepare(1, START, 0x27, "s", new byte[0]);
    later[1] = 2;
    refused(
        DatabaseException.Kind.UNSUPPORTED,
        Invariant.I10,
        () -> fed(RecordImage.framed(later)),
        "version 2");
    byte[] payload = new Bytes().u8(12).u8(0).i64(START).zerosTo(60).toArray();
    damaged(Invariant.I1, () -> fed(RecordImage.framed(payload)), "has type 12");
  }

  @Test
  void anEndInsideARecordIsDamage() throws IOException {
    byte[] bytes = log();
    for (int length = 1; length < bytes.length; length++) {
      RecordFraming framing = new RecordFraming("chunk", START, RecordVisitor.ALL);
      framing.feed(ByteBuffer.wrap(bytes, 0, length));
      if (framing.lastRecordEnd() == START + length) {
        framing.finish();
      } else {
        damaged(Invariant.I1, framing::finish, "is cut off after");
      }
    }
  }

  @Test
  void whatAListenerThrowsEndsTheWalk() {
    RecordFraming framing = new RecordFraming("chunk", START, record -> {
      throw new IOException("enough");
    });
    assertThatIOException()
        .isThrownBy(() -> framing.feed(ByteBuffer.wrap(log())))
        .withMessage("enough");
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(3);
    byte[] log = log();
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = log.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(fed(bytes)).isNotEmpty();
      } catch (IOException e) {
        assertThat(e).isInstanceOf(DatabaseException.class);
        assertThat(e.getMessage().length()).isLessThan(500);
      }
    }
  }

  private static byte[] log() {
    Bytes bytes = new Bytes();
    bytes.raw(RecordImage.framed(prepare(1, START, 0x23, "stream", new byte[100])));
    bytes.raw(RecordImage.framed(prepare(1, START + bytes.length(), 0x25, "", new byte[0])));
    bytes.raw(
        RecordImage.framed(RecordImage.commit(1, START + bytes.length(), START, 3, ID, TICKS)));
    long epoch = START + bytes.length();
    bytes.raw(RecordImage.framed(
        RecordImage.epoch(epoch, RecordImage.epochJson(epoch, 7, ID, 0, TICKS, ID), TICKS)));
    bytes.raw(RecordImage.framed(
        prepare(0, START + bytes.length(), 0x27, "s".repeat(400), new byte[700])));
    bytes.raw(
        RecordImage.framed(RecordImage.commit(0, START + bytes.length(), START, 3, ID, TICKS)));
    return bytes.toArray();
  }

  private static byte[] prepare(int version, long position, int flags, String stream, byte[] data) {
    return new RecordImage.Prepare(
            version,
            position,
            flags,
            START,
            0,
            -1,
            stream,
            ID,
            ID,
            TICKS,
            "type",
            data,
            new byte[0])
        .payload();
  }

  private static List<LogRecord> fed(byte[] bytes) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    RecordFraming framing = new RecordFraming("chunk", START, records::add);
    framing.feed(ByteBuffer.wrap(bytes));
    framing.finish();
    return records;
  }
}
