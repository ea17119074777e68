package io.coldstream.eventstore.index;

import static io.coldstream.eventstore.Refusal.damaged;
import static io.coldstream.eventstore.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.MemoryFile;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.testing.model.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexFilesTest {

  private static final String A = "9a88e84e-c0c3-4945-a02c-37f570006d1e";
  private static final String B = "AA16A082-efa3-48bf-ad66-93a96e218dac";
  private static final TableName TABLE = new TableName(A);

  @TempDir
  Path folder;

  @Test
  void aMapListsTablesAndCheckpoints() throws DatabaseException {
    byte[] bytes = map("2\n12/34\n2147483647\n1,0," + A + "\n0,0," + B + "\n");
    IndexMap map = IndexMap.parse(bytes);
    assertThat(map.prepareCheckpoint()).hasValue(12);
    assertThat(map.commitCheckpoint()).hasValue(34);
    assertThat(map.maxAutoMergeLevel()).isEqualTo(Integer.MAX_VALUE);
    assertThat(map.tables()).containsExactly(new TableName(B), new TableName(A));
    assertThat(map.tables().get(0).bloomFilter()).isEqualTo(B + ".bloomfilter");
    assertThat(map.content()).hasValue(bytes);
    assertThat(map).isEqualTo(IndexMap.parse(bytes)).hasSameHashCodeAs(IndexMap.parse(bytes));
    assertThat(map).isNotEqualTo(IndexMap.parse(map("2\n12/34\n0\n")));
  }

  @Test
  void anEmptyMapHasNoCheckpoints() throws DatabaseException {
    IndexMap map = IndexMap.parse(map("2\r\n-1/-1\r\n5\r\n"));
    assertThat(map.commitCheckpoint()).isEmpty();
    assertThat(map.prepareCheckpoint()).isEmpty();
    assertThat(map.maxAutoMergeLevel()).isEqualTo(5);
    assertThat(map.tables()).isEmpty();
  }

  @Test
  void aMapOfARealNodeHasTheDigestOfItsText() throws DatabaseException {
    byte[] bytes = ("CBBE59E35421B2A35DAED7BF45E6C35B\n2\n1788696/1788696\n2147483647\n"
            + "1,0,aa16a082-efa3-48bf-ad66-93a96e218dac\n"
            + "2,0,9a88e84e-c0c3-4945-a02c-37f570006d1e\n")
        .getBytes(StandardCharsets.US_ASCII);
    assertThat(IndexMap.parse(bytes).md5().orElseThrow())
        .hasToString("cbbe59e35421b2a35daed7bf45e6c35b");
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      // The digits of the digest may be in either case, so that is not the bit to flip.
      flipped[i] ^= 1;
      damaged(Invariant.I7, () -> IndexMap.parse(flipped));
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      damaged(Invariant.I7, () -> IndexMap.parse(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2\n",
        "2\n1/2\n",
        "2\n1\n0\n",
        "2\n1/2/3\n0\n",
        "2\nx/2\n0\n",
        "2\n-2/2\n0\n",
        "2\n1/9223372036854775808\n0\n",
        "2\n1/2\n2147483648\n",
        "2\n1/2\n-1\n",
        "2\n1/2\n0\n0,0\n",
        "2\n1/2\n0\n0,1," + A + "\n",
        "2\n1/2\n0\n0,0," + A + "\n0,2," + B + "\n",
        "2\n1/2\n0\n0,0," + A + "\n0,0," + B + "\n",
        "2\n1/2\n0\n0,0," + A + "\n1,0," + A + "\n",
        "2\n1/2\n0\n0,0,../../etc/passwd\n",
        "2\n1/2\n0\n0,0," + A + ".bloomfilter\n",
        "2\n1/2\n0\n\n0,0," + A + "\n",
        "2\n-1/-1\n0\n0,0," + A + "\n"
      })
  void whatCannotBeIsDamageThoughItsDigestIsRight(String text) {
    damaged(Invariant.I7, () -> IndexMap.parse(map(text)), "indexmap");
  }

  @Test
  void anotherVersionIsNotRead() {
    refused(
        DatabaseException.Kind.UNSUPPORTED,
        Invariant.I7,
        () -> IndexMap.parse(map("3\n1/2\n0\n")),
        "version '3'");
  }

  @Test
  void aMapIsReadFromItsFolder() throws IOException {
    LocalDatabaseFiles files = new LocalDatabaseFiles();
    assertThat(IndexMap.read(files, folder)).isEmpty();
    assertThat(IndexMap.read(files, folder.resolve("gone"))).isEmpty();
    Files.write(folder.resolve("indexmap"), map("2\n-1/-1\n0\n"));
    assertThat(IndexMap.read(files, folder)).isPresent();
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("indexmap").toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    damaged(Invariant.I7, () -> IndexMap.read(files, folder), "1099511627776 bytes");
  }

  @Test
  void aTableIsKnownByItsLastBytes() throws IOException {
    byte[] table = table(4, 3, 2);
    IndexTable facts = TableReader.facts(new MemoryFile(A, table), TABLE);
    assertThat(facts.lengthBytes()).isEqualTo(128 + 5 * 24 + 128 + 16);
    assertThat(facts.trailingMd5())
        .isEqualTo(Md5.ofBytes(Arrays.copyOfRange(table, table.length - 16, table.length)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IndexTable(TABLE, 143, facts.trailingMd5()));
  }

  @Test
  void oldTablesHaveNoFooter() throws IOException {
    byte[] table = new Bytes().u8(1).u8(3).zerosTo(128 + 24).md5().toArray();
    assertThat(TableReader.facts(new MemoryFile(A, table), TABLE).lengthBytes()).isEqualTo(168);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, file type 2",
    "248, 2, ends with file type 2",
    "249, 3, version 3",
    "250, 6, 6 midpoints in 5 entries",
    "253, -1, midpoints in 5 entries"
  })
  void eachFieldOfATableIsChecked(int offset, int value, String words) {
    byte[] table = table(4, 3, 2);
    table[offset] = (byte) value;
    damaged(Invariant.I7, () -> TableReader.facts(new MemoryFile(A, table), TABLE), A, words);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 143, 144, 271, 273, 391})
  void aTableThatIsCutIsDamaged(int lengthBytes) {
    byte[] cut = Arrays.copyOf(table(4, 3, 2), lengthBytes);
    damaged(Invariant.I7, () -> TableReader.facts(new MemoryFile(A, cut), TABLE), "bytes long");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void aTableOfAnUnknownVersionIsNotRead(int version) {
    byte[] table = table(version, 3, 2);
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> TableReader.facts(new MemoryFile(A, table), TABLE))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(DatabaseException.Kind.UNSUPPORTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "indexmap", "../9a88e84e-c0c3-4945-a02c-37f570006d1", A + " "})
  void aTableIsNamedByAGuid(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new TableName(name));
  }

  private static byte[] table(int version, int entries, int midpoints) {
    Bytes bytes = new Bytes().u8(1).u8(version);
    bytes.zerosTo(128 + 24 * (entries + midpoints)).u8(1).u8(version).i32(midpoints);
    return bytes.zerosTo(bytes.length() + 122).md5().toArray();
  }

  private static byte[] map(String text) {
    byte[] rest = ("\n" + text).getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().withUpperCase().formatHex(Bytes.md5(rest));
    return new Bytes().raw(digest.getBytes(StandardCharsets.US_ASCII)).raw(rest).toArray();
  }
}
