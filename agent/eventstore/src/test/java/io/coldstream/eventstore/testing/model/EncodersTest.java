package io.coldstream.eventstore.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The encoders against the vectors of {@code database-files.md#s13-vectors}, and against bytes that
 * a real 26.1 node wrote.
 */
class EncodersTest {

  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  @Test
  void writesTheHeaderOfFormat4() {
    byte[] header = ChunkImage.Header.fresh(4, 1 << 28, 5, ID).bytes();

    assertThat(hex(header))
        .isEqualTo("020300000010050000000500000000000000"
            + "33221100554477668899aabbccddeeff0400"
            + "00".repeat(92));
  }

  @Test
  void writesTheHeadersOfOlderFormats() {
    byte[] third = ChunkImage.Header.fresh(3, 1 << 28, 5, ID).bytes();
    byte[] second = ChunkImage.Header.fresh(2, 1 << 28, 5, ID).bytes();

    assertThat(hex(third)).startsWith("0203").endsWith("eeff" + "00".repeat(94));
    assertThat(hex(second)).startsWith("0202").endsWith("eeff" + "00".repeat(94));
  }

  @Test
  void writesTheHeaderOfAMergedChunk() {
    byte[] header = new ChunkImage.Header(4, 262_144, 4, 7, true, ID, 0).bytes();

    assertThat(hex(header)).startsWith("020300000400" + "04000000" + "07000000" + "01000000");
  }

  @Test
  void completesAChunk() {
    byte[] data = new byte[1234];
    Arrays.fill(data, (byte) 1);
    byte[] chunk = ChunkImage.completed(ChunkImage.Header.fresh(4, 1 << 28, 5, ID), data);

    assertThat(chunk).hasSize(4096);
    assertThat(hex(chunk, 3968, 4096 - 16))
        .isEqualTo("03d2040000d204000000000000" + "00000000" + "00".repeat(95));
    assertThat(hex(chunk, 1362, 3968)).isEqualTo("00".repeat(3968 - 1362));
    assertThat(Arrays.copyOfRange(chunk, 4080, 4096))
        .isEqualTo(Bytes.md5(Arrays.copyOf(chunk, 4080)));
  }

  @Test
  void writesBothFormsOfPositionMaps() {
    ChunkImage.Header header = new ChunkImage.Header(3, 4096, 0, 1, true, ID, 0);
    List<ChunkImage.MapEntry> map = List.of(new ChunkImage.MapEntry(7, 5000));
    byte[] wide = ChunkImage.scavenged(header, new byte[20], 5013, map, true);
    byte[] narrow = ChunkImage.scavenged(header, new byte[20], 5013, map, false);

    assertThat(hex(wide, 148, 160)).isEqualTo("07000000" + "8813000000000000");
    assertThat(hex(wide, 3968, 3968 + 17))
        .isEqualTo("03" + "14000000" + "9513000000000000" + "0c000000");
    assertThat(hex(narrow, 148, 156)).isEqualTo("07000000" + "88130000");
    assertThat(hex(narrow, 3968, 3968 + 13)).isEqualTo("01" + "14000000" + "95130000" + "08000000");
  }

  @Test
  void doesNotAlignFormat2() {
    byte[] chunk = ChunkImage.completed(ChunkImage.Header.fresh(2, 4096, 0, ID), new byte[100]);

    assertThat(chunk).hasSize(356);
  }

  @Test
  void knowsTheLengthOfANewChunk() {
    assertThat(ChunkImage.preallocatedLength(268_435_456)).isEqualTo(268_439_552);
  }

  @Test
  void writesACommit() {
    long ticks = RecordImage.ticks(1_700_000_000_000L);
    byte[] commit = RecordImage.framed(RecordImage.commit(1, 1000, 900, 7, ID, ticks));

    assertThat(hex(commit))
        .isEqualTo("3a0000000101e80300000000000084030000000000000700000000000000e803000000000000"
            + "33221100554477668899aabbccddeeff0000e4e85ee5db083a000000");
    assertThat(RecordImage.commit(0, 1000, 900, 7, ID, ticks)).hasSize(54);
  }

  @Test
  void writesTheFirstEpochAsARealNodeDid() {
    byte[] epoch = RecordImage.framed(RecordImage.epoch(0, realJson(), 639309481885471711L));

    assertThat(hex(epoch))
        .isEqualTo("df00000002000000000000000000df9352299648df0801020000000000000000bf000000"
            + hex(realJson())
            + "df000000");
    assertThat(realJson()).hasSize(0xbf);
    assertThat(new String(realJson(), StandardCharsets.UTF_8))
        .isEqualTo("{\n  \"epochId\": \"96cff1c2-8c75-40e1-81da-ea92023d9b4c\",\n"
            + "  \"prevEpochPosition\": -1,\n"
            + "  \"timeStamp\": \"2026-11-22T12:43:08.5471711Z\",\n"
            + "  \"leaderInstanceId\": \"3dac766a-52aa-4ab4-b212-0385246d0a10\"\n}");
  }

  @Test
  void leavesDefaultsOutOfTheSecondEpoch() {
    byte[] json = RecordImage.epochJson(733, 1, ID, 0, 0, ID);

    assertThat(new String(json, StandardCharsets.UTF_8))
        .startsWith("{\n  \"epochPosition\": 733,\n  \"epochNumber\": 1,\n  \"epochId\"")
        .doesNotContain("prevEpochPosition");
  }

  @Test
  void writesTheEventAfterTheFirstEpochAsARealNodeDid() {
    String type = "$epoch-information";
    RecordImage.Prepare prepare = new RecordImage.Prepare(
        1,
        231,
        0x127,
        231,
        0,
        -1,
        type,
        UUID.fromString("115c64d3-21c0-484a-9cbb-55c1cc20e6e3"),
        UUID.fromString("a6437bdd-97a2-4623-83e1-e433bb4a1166"),
        639309481886506880L,
        type,
        realJson(),
        new byte[0]);

    assertThat(hex(RecordImage.framed(prepare.payload())))
        .isEqualTo("350100000001e7000000000000002701e70000000000000000000000ffffffffffffffff1224"
            + "65706f63682d696e666f726d6174696f6ed3645c11c0214a489cbb55c1cc20e6e3dd7b43a6a2"
            + "97234683e1e433bb4a1166805f62299648df08122465706f63682d696e666f726d6174696f6e"
            + "bf000000"
            + hex(realJson())
            + "0000000035010000");
  }

  @Test
  void writesAnIndexMapAsARealNodeDid() {
    List<IndexImage.MapLine> lines = List.of(
        new IndexImage.MapLine(1, 0, "2e2d0673-3098-402d-a662-b787b834b41c"),
        new IndexImage.MapLine(2, 0, "c981c9de-2efb-483f-a6d4-ea0f191570f5"));
    byte[] map = IndexImage.map(1_761_784, 1_761_784, Integer.MAX_VALUE, lines);

    assertThat(new String(map, StandardCharsets.US_ASCII))
        .isEqualTo("CB3825EA7BD8CF759D3B51181EE5A1D2\n2\n1761784/1761784\n2147483647\n"
            + "1,0,2e2d0673-3098-402d-a662-b787b834b41c\n"
            + "2,0,c981c9de-2efb-483f-a6d4-ea0f191570f5\n");
  }

  @Test
  void writesATable() {
    byte[] table = IndexImage.table(List.of(
        new IndexImage.Entry(1, 5, 100),
        new IndexImage.Entry(0, -1, 300),
        new IndexImage.Entry(2, 5, 200)));

    assertThat(table).hasSize(128 + 3 * 24 + 3 * 24 + 128 + 16);
    assertThat(hex(table, 0, 4)).isEqualTo("01040000");
    assertThat(hex(table, 128, 152))
        .isEqualTo("00".repeat(8) + "ff".repeat(8) + "2c01" + "00".repeat(6));
    assertThat(hex(table, 152, 153)).isEqualTo("02");
    assertThat(Arrays.copyOfRange(table, table.length - 16, table.length))
        .isEqualTo(Bytes.md5(Arrays.copyOf(table, table.length - 16)));
  }

  private static byte[] realJson() {
    return RecordImage.epochJson(
        0,
        0,
        UUID.fromString("96cff1c2-8c75-40e1-81da-ea92023d9b4c"),
        -1,
        639309481885471711L,
        UUID.fromString("3dac766a-52aa-4ab4-b212-0385246d0a10"));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String hex(byte[] bytes, int from, int to) {
    return HexFormat.of().formatHex(bytes, from, to);
  }
}
