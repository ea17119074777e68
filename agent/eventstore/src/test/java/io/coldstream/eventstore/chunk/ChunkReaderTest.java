package io.coldstream.eventstore.chunk;

import static io.coldstream.eventstore.Refusal.damaged;
import static io.coldstream.eventstore.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.MemoryFile;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.testing.model.ChunkImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkReaderTest {

  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final ChunkFileName NAME = new ChunkFileName(5, 0);
  private static final int CHUNK_SIZE = 10_000;

  @ParameterizedTest
  @CsvSource({"4, 0400", "3, 0000"})
  void aHeaderIsReadAsServersWriteIt(int format, String formatAndTransform)
      throws DatabaseException {
    byte[] bytes = Arrays.copyOf(
        HexFormat.of()
            .parseHex("0203000000100500000005000000000000003322110055447766" + "8899aabbccddeeff"
                + formatAndTransform),
        128);
    assertThat(ChunkHeader.parse(bytes, "chunk"))
        .isEqualTo(new ChunkHeader(format, 3, 268_435_456L, 5, 5, false, new ChunkId(ID), 0))
        .satisfies(header -> {
          assertThat(header.startPosition()).isEqualTo(5L << 28);
          assertThat(header.endPosition()).isEqualTo(6L << 28);
          assertThat(header.id().bytes()).isEqualTo(Arrays.copyOfRange(bytes, 18, 34));
          assertThat(ChunkId.parse(header.id().toString())).isEqualTo(header.id());
        });
  }

  @Test
  void aFooterIsReadAsServersWriteIt() throws DatabaseException {
    byte[] bytes =
        Arrays.copyOf(HexFormat.of().parseHex("03d2040000d20400000000000000000000"), 128);
    bytes[112] = 0x5a;
    assertThat(ChunkFooter.parse(bytes, "chunk"))
        .contains(new ChunkFooter(1234, 1234, 0, 12, new Md5("5a" + "0".repeat(30))));
    bytes[0] = 2;
    assertThat(ChunkFooter.parse(bytes, "chunk")).isEmpty();
  }

  @Test
  void anOldFooterHasShortFields() throws DatabaseException {
    byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex("01d2040000d304000010000000"), 128);
    assertThat(ChunkFooter.parse(bytes, "chunk"))
        .contains(new ChunkFooter(1234, 1235, 16, 8, new Md5("0".repeat(32))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, I2, file type 1",
    "14, 2, I2, scavenged = 2",
    "2, 0, I2, chunk size 0",
    "6, -1, I2, chunk numbers -1",
    "10, 4, I2, chunk numbers 5 to 4",
    "10, 2147483647, I2, chunk numbers 5",
    "6, 4, I2, header of chunk number 4"
  })
  void eachFieldOfTheHeaderIsChecked(int offset, int value, Invariant invariant, String words) {
    byte[] file = completed(3);
    if (offset == 0) {
      file[0] = (byte) value;
    } else {
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
    }
    damaged(invariant, () -> facts(file), words, "chunk-000005.000000");
    damaged(
        invariant, () -> ChunkReader.header(new MemoryFile(NAME.toString(), file), NAME), words);
    damaged(
        invariant,
        () -> ChunkReader.activeFacts(new MemoryFile(NAME.toString(), file), NAME),
        words);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 255})
  void aFormatThatNeedsANewerReaderIsRefused(int minCompatible) {
    byte[] file = completed(3);
    file[1] = (byte) minCompatible;
    refused(
        DatabaseException.Kind.UNSUPPORTED,
        Invariant.I10,
        () -> facts(file),
        "only 2 to 4 are known");
  }

  @Test
  void aNewerFormatThatOldReadersMayReadIsRead() throws IOException {
    byte[] file = completed(4);
    file[34] = 9;
    file[35] = 7;
    assertThat(facts(file).header().format()).isEqualTo(9);
    assertThat(facts(file).header().transform()).isEqualTo(7);
    assertThat(facts(file).header().isIdentity()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 999, footer says",
    "1, -1, data of -1 bytes",
    "1, 20000, its footer describes 20256",
    "5, 20000, header allows 10000",
    "9, -1, footer says",
    "13, 7, map of 7 bytes",
    "13, 12, a map of 12",
    "13, -12, map of -12"
  })
  void eachFieldOfTheFooterIsChecked(int offset, int value, String words) {
    byte[] file = completed(3);
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(file.length - ChunkFooter.LENGTH_BYTES + offset, value);
    damaged(Invariant.I2, () -> facts(file), words);
  }

  @Test
  void theLengthOfFormat2IsExact() throws IOException {
    assertThat(facts(completed(2)).isCompleted()).isTrue();
    byte[] file = completed(2);
    byte[] longer = new byte[file.length + 1];
    System.arraycopy(file, 0, longer, 0, 128);
    System.arraycopy(file, file.length - 128, longer, longer.length - 128, 128);
    damaged(Invariant.I2, () -> facts(longer), "its footer describes " + file.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255})
  void aFileWithoutRoomForBothEndsIsDamaged(int lengthBytes) {
    damaged(
        Invariant.I2,
        () -> facts(Arrays.copyOf(completed(3), lengthBytes)),
        "is " + lengthBytes + " bytes long");
  }

  @Test
  void oneThatIsCutHasNoFooter() throws IOException {
    byte[] file = completed(3);
    assertThat(facts(Arrays.copyOf(file, file.length - 1)).footer()).isEmpty();
    assertThat(facts(Arrays.copyOf(file, file.length - 128)).footer()).isEmpty();
  }

  @Test
  void whatLiesBehindTheRecordsOfTheActiveChunkIsNoDamage() throws IOException {
    byte[] file = completed(3);
    file[file.length - ChunkFooter.LENGTH_BYTES + 13] = 7;
    damaged(Invariant.I2, () -> facts(file), "map of 7 bytes");
    Chunk facts = ChunkReader.activeFacts(new MemoryFile(NAME.toString(), file), NAME);
    assertThat(facts.footer()).isEmpty();
    assertThat(facts.lengthBytes()).isEqualTo(file.length);
  }

  @Test
  void aChunkThatIsBeingCompletedIsReadAgain() throws IOException {
    byte[] full = ChunkImage.active(header(3), new byte[1000]);
    byte[] cut = Arrays.copyOf(full, 128 + 1000);
    byte[] done = completed(3);
    Chunk facts = ChunkReader.facts(new MemoryFile(NAME.toString(), full, cut, done), NAME);
    assertThat(facts.footer()).isPresent();
    assertThat(facts.lengthBytes()).isEqualTo(done.length);
  }

  @Test
  void oneThatIsCutWhileItIsReadIsReadAgain() throws IOException {
    byte[] full = ChunkImage.active(header(4), new byte[1000]);
    MemoryFile cut = new MemoryFile(NAME.toString(), Arrays.copyOf(full, 128 + 1000));
    long[] lengths = {full.length, 128 + 1000};
    OpenFile file = new OpenFile() {
      private int asked;

      @Override
      public String name() {
        return cut.name();
      }

      @Override
      public long lengthBytes() {
        return lengths[Math.min(asked++, 1)];
      }

      @Override
      public int read(ByteBuffer into, long positionBytes) {
        return cut.read(into, positionBytes);
      }

      @Override
      public void close() {}
    };
    Chunk facts = ChunkReader.activeFacts(file, NAME);
    assertThat(facts.lengthBytes()).isEqualTo(1128);
    assertThat(facts.footer()).isEmpty();
  }

  @Test
  void aChunkThatKeepsChangingIsAnError() {
    byte[][] contents = new byte[200][];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = Arrays.copyOf(ChunkImage.active(header(3), new byte[10]), 1000 + i);
    }
    refused(
        DatabaseException.Kind.CHANGED,
        Invariant.I2,
        () -> ChunkReader.facts(new MemoryFile(NAME.toString(), contents), NAME));
  }

  @Test
  void anyBytesAtBothEndsAreReadOrRefused() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] file = completed(3 + i % 2);
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        int at = random.nextInt(256);
        file[at < 128 ? at : file.length - 256 + at] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        assertThat(facts(file).name()).isEqualTo(NAME);
      } catch (IOException e) {
        assertThat(e).isInstanceOf(DatabaseException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPositionMapIsReadInBothForms(boolean wide) throws IOException {
    List<ChunkImage.MapEntry> entries = List.of(
        new ChunkImage.MapEntry(0, 7),
        new ChunkImage.MapEntry(40, 100),
        new ChunkImage.MapEntry(90, 900));
    MemoryFile file = new MemoryFile(NAME.toString(), scavenged(entries, wide));
    PositionMap map = new PositionMap(file, ChunkReader.facts(file, NAME));
    long start = 5L * CHUNK_SIZE;
    assertThat(map.entries()).isEqualTo(3);
    assertThat(map.fileOffset(start + 7)).hasValue(128);
    assertThat(map.fileOffset(start + 100)).hasValue(168);
    assertThat(map.fileOffset(start + 900)).hasValue(218);
    assertThat(map.fileOffset(start)).isEmpty();
    assertThat(map.fileOffset(start + 101)).isEmpty();
    assertThat(map.fileOffset(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void aPositionMapThatLeadsOutOfTheDataIsDamaged() throws IOException {
    MemoryFile file =
        new MemoryFile(NAME.toString(), scavenged(List.of(new ChunkImage.MapEntry(100, 7)), true));
    PositionMap map = new PositionMap(file, ChunkReader.facts(file, NAME));
    damaged(Invariant.I2, () -> map.fileOffset(5L * CHUNK_SIZE + 7), "leads to 100 of 100");
  }

  @Test
  void factsFitTogether() throws IOException {
    Chunk facts = facts(completed(3));
    assertThat(facts.fileOffset(50_100)).isEqualTo(228);
    assertThatIllegalArgumentException().isThrownBy(() -> facts.fileOffset(49_999));
    assertThatIllegalArgumentException().isThrownBy(() -> facts.fileOffset(60_001));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Chunk(new ChunkFileName(6, 0), 4096, facts.header(), Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PositionMap(new MemoryFile("x", new byte[0]), facts));
  }

  private static Chunk facts(byte[] file) throws IOException {
    return ChunkReader.facts(new MemoryFile(NAME.toString(), file), NAME);
  }

  private static ChunkImage.Header header(int format) {
    return ChunkImage.Header.fresh(format, CHUNK_SIZE, 5, ID);
  }

  private static byte[] completed(int format) {
    return ChunkImage.completed(header(format), new byte[1000]);
  }

  private static byte[] scavenged(List<ChunkImage.MapEntry> entries, boolean wide) {
    ChunkImage.Header header = new ChunkImage.Header(3, CHUNK_SIZE, 5, 5, true, ID, 0);
    return ChunkImage.scavenged(header, new byte[100], 1000, entries, wide);
  }
}
