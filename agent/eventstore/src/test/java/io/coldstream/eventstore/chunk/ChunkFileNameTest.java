package io.coldstream.eventstore.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkFileNameTest {

  @Test
  void aNameIsANumberAndAVersionOfSixDigits() {
    ChunkFileName name = new ChunkFileName(12, 3);
    assertThat(ChunkFileName.parse("chunk-000012.000003")).contains(name);
    assertThat(name).hasToString("chunk-000012.000003");
    assertThat(new ChunkFileName(399_999, 999_999)).hasToString("chunk-399999.999999");
    assertThat(name).isGreaterThan(new ChunkFileName(12, 2)).isLessThan(new ChunkFileName(13, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkFileName(1_000_000, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkFileName(0, -1));
  }

  @ParameterizedTest
  @CsvSource({
    "chunk-000001.backup, true",
    "chunk-000001.00000a, true",
    "chunk-000001.______, true",
    "chunk-000001.bäckup, true",
    "chunk-000001.0000000, false",
    "chunk-0000001.000000, false",
    "chunk-00001.000000, false",
    "chunk-000001.000000.old, false",
    "chunk-000001.000000.5d2b2d9e.tmp, false",
    "chunk-000001.000001.archive.bkup, false",
    "chunk-000001, false",
    "chunk-, false"
  })
  void whatMayBeMistakenIsToldFromWhatOldServersTake(String name, boolean taken) {
    assertThat(ChunkFileName.parse(name)).isEmpty();
    assertThat(ChunkFileName.looksLikeChunk(name)).isTrue();
    assertThat(ChunkFileName.isChunkUpTo2010(name)).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer.chk", "Chunk-000001.000000", "xchunk-000001.000000", "", "index"})
  void anythingElseIsNoChunk(String name) {
    assertThat(ChunkFileName.parse(name)).isEmpty();
    assertThat(ChunkFileName.looksLikeChunk(name)).isFalse();
  }

  @Test
  void aChunkIsNotMistakenForWhatLooksLikeOne() {
    assertThat(ChunkFileName.looksLikeChunk("chunk-000001.000000")).isFalse();
    assertThat(ChunkFileName.isChunkUpTo2010("chunk-000001.000000")).isFalse();
  }
}
