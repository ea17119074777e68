package io.coldstream.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ObjectSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SourcesTest {

  private static byte[] all(ObjectSource source, long offset) throws IOException {
    try (InputStream in = source.open(offset)) {
      return in.readAllBytes();
    }
  }

  @Test
  void randomContentIsTheSameFromAnyOffset() throws IOException {
    RandomSource source = new RandomSource(5, 30_001);
    byte[] bytes = source.bytes();
    for (int offset : new int[] {0, 1, 7, 8, 9, 8191, 30_000, 30_001}) {
      assertThat(all(source, offset)).isEqualTo(Arrays.copyOfRange(bytes, offset, 30_001));
    }
    assertThat(all(new RandomSource(6, 30_001), 0)).isNotEqualTo(bytes);
    assertThat(new RandomSource(5, 10).bytes()).isEqualTo(Arrays.copyOf(bytes, 10));
  }

  @Test
  void thePassOfARandomSourceChecksEveryByte() throws IOException {
    RandomSource source = new RandomSource(5, 100);
    byte[] bytes = source.bytes();
    ObjectSource.Pass good = source.begin();
    good.accept(bytes, 0, 60);
    assertThatThrownBy(good::approve).isInstanceOf(IOException.class);
    good.accept(bytes, 60, 40);
    good.approve();
    assertThatThrownBy(() -> good.accept(bytes, 0, 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> source.begin().accept(bytes, 1, 1)).isInstanceOf(IOException.class);
  }

  @Test
  void eachLyingSourceLiesAsDescribed() throws IOException {
    RandomSource truth = new RandomSource(1, 100);
    assertThat(all(LyingSources.tooShort(100, 3), 0)).hasSize(97);
    assertThat(LyingSources.tooShort(100, 3).lengthBytes()).isEqualTo(100);
    assertThat(all(LyingSources.tooLong(100, 3), 0)).hasSize(103);
    ObjectSource changing = new ChangingSource(100);
    assertThat(all(changing, 0)).isNotEqualTo(all(changing, 0));
    ObjectSource breaking = LyingSources.breaking(truth, 50);
    assertThat(breaking.open(0).readNBytes(50)).isEqualTo(Arrays.copyOf(truth.bytes(), 50));
    assertThatThrownBy(() -> breaking.open(0).readNBytes(51)).hasMessageContaining("byte 50");
    assertThat(all(breaking, 51)).hasSize(49);
    assertThatThrownBy(() -> LyingSources.unopenable(10).open(0)).isInstanceOf(IOException.class);
  }

  @Test
  void refusingPassesThrow() throws IOException {
    RandomSource truth = new RandomSource(1, 100);
    ObjectSource.Pass atEnd = LyingSources.refusing(truth).begin();
    atEnd.accept(truth.bytes(), 0, 100);
    assertThatThrownBy(atEnd::approve).hasMessageContaining("refuses to approve");
    ObjectSource.Pass atByte = LyingSources.refusing(truth, 50).begin();
    atByte.accept(truth.bytes(), 0, 50);
    assertThatThrownBy(() -> atByte.accept(truth.bytes(), 50, 1)).hasMessageContaining("byte 50");
  }

  @Test
  void aWatchedSourceRecordsHowItIsRead() throws IOException {
    WatchedSource watched = new WatchedSource(new RandomSource(1, 100));
    InputStream in = watched.open(40);
    assertThat(watched.openStreams()).isEqualTo(1);
    in.readAllBytes();
    in.close();
    in.close();
    assertThat(watched.openStreams()).isZero();
    assertThat(watched.readBytes()).isEqualTo(60);
    watched.begin();
    watched.begin().accept(new RandomSource(1, 100).bytes(), 0, 100);
    assertThat(watched.passedBytes()).containsExactly(0L, 100L);
    assertThat(watched.approvals()).isZero();
  }
}
