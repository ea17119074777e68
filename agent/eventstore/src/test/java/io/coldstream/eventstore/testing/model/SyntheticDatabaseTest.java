package io.coldstream.eventstore.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticDatabaseTest {

  @TempDir
  private Path folder;

  @Test
  void writesASoundDatabaseOfManyChunks() throws IOException {
    SyntheticDatabase.Written written = SyntheticDatabase.write(folder, Shape.tiny(150));
    DatabaseSet set = DatabaseSet.read(folder);

    assertThat(Oracle.structural().arranged().check(set)).isEmpty();
    assertThat(written.chunks()).hasSize(151);
    assertThat(written.epochs()).hasSize(2);
    assertThat(set.checkpoint("writer")).hasValue(written.writer());
    assertThat(set.checkpoint("epoch")).hasValue(written.epochs().get(1));
  }

  @Test
  void writesASoundDatabaseOfFullChunks() throws IOException {
    SyntheticDatabase.Written written = SyntheticDatabase.write(folder, Shape.large(5, 1 << 20));

    assertThat(Oracle.structural().arranged().check(DatabaseSet.read(folder))).isEmpty();
    for (SyntheticDatabase.WrittenChunk chunk : written.chunks()) {
      assertThat(Files.size(folder.resolve(chunk.name()))).isEqualTo(chunk.lengthBytes());
    }
  }

  @Test
  void aLongerLogContinuesAShorterOne() throws IOException {
    Shape shape = Shape.tiny(2).withoutIndex();
    SyntheticDatabase.Written first = SyntheticDatabase.write(folder, shape);
    String active = ChunkImage.name(2, 0);
    int length = 128 + (int) (first.writer() % 4096);
    byte[] before = Arrays.copyOf(Files.readAllBytes(folder.resolve(active)), length);
    byte[] completed = Files.readAllBytes(folder.resolve(ChunkImage.name(1, 0)));
    SyntheticDatabase.write(folder, shape.reaching(4, 0));

    assertThat(Files.readAllBytes(folder.resolve(active))).startsWith(before);
    assertThat(Files.readAllBytes(folder.resolve(ChunkImage.name(1, 0)))).isEqualTo(completed);
    assertThat(Oracle.structural().arranged().check(DatabaseSet.read(folder))).isEmpty();
  }
}
