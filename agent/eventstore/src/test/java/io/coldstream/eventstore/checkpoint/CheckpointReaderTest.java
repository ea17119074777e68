package io.coldstream.eventstore.checkpoint;

import static io.coldstream.eventstore.Refusal.damaged;
import static io.coldstream.eventstore.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.MemoryFile;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointReaderTest {

  @TempDir
  Path folder;

  @Test
  void aCheckpointIsEightBytesLittleEndian() throws DatabaseException {
    byte[] bytes = HexFormat.of().parseHex("0201000000000000");
    assertThat(Checkpoint.fromBytes(CheckpointName.WRITER, bytes))
        .isEqualTo(Checkpoint.at(CheckpointName.WRITER, 258));
    assertThat(Checkpoint.at(CheckpointName.WRITER, 258).bytes()).isEqualTo(bytes);
    assertThat(Checkpoint.unset(CheckpointName.EPOCH).bytes())
        .isEqualTo(HexFormat.of().parseHex("ffffffffffffffff"));
  }

  @ParameterizedTest
  @EnumSource(CheckpointName.class)
  void minusOneIsUnsetWhereThatCanBe(CheckpointName name) throws DatabaseException {
    byte[] bytes = HexFormat.of().parseHex("ffffffffffffffff");
    if (name.canBeUnset()) {
      assertThat(Checkpoint.fromBytes(name, bytes)).isEqualTo(Checkpoint.unset(name));
    } else {
      damaged(name.invariant(), () -> Checkpoint.fromBytes(name, bytes), "holds -1");
      assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.unset(name));
    }
    byte[] lower = HexFormat.of().parseHex("feffffffffffffff");
    damaged(name.invariant(), () -> Checkpoint.fromBytes(name, lower), name.fileName());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 7, 9, 4096})
  void anyOtherLengthIsDamage(int lengthBytes) throws IOException {
    Files.write(folder.resolve("writer.chk"), new byte[lengthBytes]);
    damaged(
        Invariant.I1,
        () -> CheckpointReader.read(new LocalDatabaseFiles(), folder, CheckpointName.WRITER),
        "is " + lengthBytes + " bytes long, not 8");
  }

  @Test
  void aMissingCheckpointIsReportedAsMissing() throws IOException {
    assertThat(CheckpointReader.read(new LocalDatabaseFiles(), folder, CheckpointName.CHASER))
        .isEmpty();
  }

  @Test
  void itIsReadUntilTwoReadsAgree() throws IOException {
    // The middle one is torn: the low half is new, the high half still old.
    long[] values = {0xffff_ffffL, 0L, 0x1_0000_0000L, 0x1_0000_0000L};
    byte[][] contents = java.util.Arrays.stream(values)
        .mapToObj(value -> Checkpoint.at(CheckpointName.WRITER, value).bytes())
        .toArray(byte[][]::new);
    assertThat(CheckpointReader.read(
            only(new MemoryFile("writer.chk", contents)), folder, CheckpointName.WRITER))
        .contains(new Checkpoint(CheckpointName.WRITER, OptionalLong.of(0x1_0000_0000L)));
  }

  @Test
  void aCheckpointThatKeepsChangingIsAnError() {
    byte[][] contents = IntStream.range(0, 2000)
        .mapToObj(value -> Checkpoint.at(CheckpointName.CHASER, value).bytes())
        .toArray(byte[][]::new);
    refused(
        DatabaseException.Kind.CHANGED,
        Invariant.I5,
        () -> CheckpointReader.read(
            only(new MemoryFile("chaser.chk", contents)), folder, CheckpointName.CHASER),
        "chaser.chk");
  }

  private static DatabaseFiles only(OpenFile file) {
    return new DatabaseFiles() {
      @Override
      public List<FileEntry> list(Path ignored) {
        throw new AssertionError("nothing is listed");
      }

      @Override
      public OpenFile open(Path ignored) {
        return file;
      }
    };
  }
}
