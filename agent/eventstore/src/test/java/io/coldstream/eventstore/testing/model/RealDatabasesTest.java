package io.coldstream.eventstore.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle accepts, and the encoders reproduce, what real nodes wrote. */
class RealDatabasesTest {

  @TempDir
  private Path folder;

  static List<String> names() {
    return Fixtures.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void areSoundAndMadeOfWhatTheEncodersWrite(String name) throws IOException {
    Fixture fixture = Fixture.unpack(name, folder);
    for (String state : fixture.expected().keySet()) {
      Path db = fixture.database(state);

      assertThat(Oracle.check(db)).as(state).isEmpty();
      reproduceChunks(DatabaseSet.read(db));
    }
  }

  private static void reproduceChunks(DatabaseSet set) {
    int count = 0;
    for (var file : set.root().entrySet()) {
      if (file.getKey().startsWith("chunk-")) {
        count++;
        byte[] bytes = file.getValue();
        ParsedLog.Chunk chunk = ParsedLog.Chunk.parse(file.getKey(), bytes).orElseThrow();

        assertThat(header(chunk).bytes()).isEqualTo(Arrays.copyOf(bytes, 128));
        if (chunk.completed()) {
          assertThat(again(chunk)).as(file.getKey()).isEqualTo(bytes);
        }
      }
    }
    assertThat(count).isPositive();
  }

  private static byte[] again(ParsedLog.Chunk chunk) {
    byte[] data = Arrays.copyOfRange(chunk.bytes(), 128, 128 + chunk.physical());
    if (!chunk.scavenged()) {
      return ChunkImage.completed(header(chunk), data);
    }
    List<ChunkImage.MapEntry> map = new ArrayList<>();
    for (int offset = 0; offset < data.length; ) {
      ParsedLog.Record record = ParsedLog.record(chunk, offset, data.length).orElseThrow();
      map.add(new ChunkImage.MapEntry(offset, record.position() - chunk.start()));
      offset += record.length();
    }
    return ChunkImage.scavenged(header(chunk), data, chunk.logical(), map, true);
  }

  private static ChunkImage.Header header(ParsedLog.Chunk chunk) {
    ByteBuffer id = ByteBuffer.wrap(chunk.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    long high = (id.getInt(18) & 0xffff_ffffL) << 32
        | (id.getShort(22) & 0xffffL) << 16
        | id.getShort(24) & 0xffffL;
    long low = id.order(ByteOrder.BIG_ENDIAN).getLong(26);
    return new ChunkImage.Header(
        chunk.format(),
        chunk.chunkSize(),
        chunk.first(),
        chunk.last(),
        chunk.scavenged(),
        new UUID(high, low),
        chunk.transform());
  }
}
