package io.coldstream.eventstore.chunk;

import static io.coldstream.eventstore.Refusal.damaged;
import static io.coldstream.eventstore.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.files.FileEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CoverTest {

  private static final int SIZE = 1000;

  private final List<FileEntry> listing = new ArrayList<>();
  private final Map<ChunkFileName, ChunkHeader> headers = new HashMap<>();

  @Test
  void theLatestVersionOfEachNumberHoldsTheLog() throws IOException {
    file("chunk-000000.000000", 0, 0);
    file("chunk-000001.000000", 1, 1);
    file("chunk-000001.000009", 1, 1);
    file("chunk-000001.000010", 1, 1);
    file("chunk-000002.000000", 2, 2);
    Cover cover = cover(2500);
    assertThat(names(cover.chunks()))
        .containsExactly("chunk-000000.000000", "chunk-000001.000010", "chunk-000002.000000");
    assertThat(names(cover.superseded()))
        .containsExactly("chunk-000001.000000", "chunk-000001.000009");
    assertThat(cover.chunkSizeBytes()).isEqualTo(SIZE);
    assertThat(cover.beyond()).isEmpty();
    assertThat(cover.leftOut()).isEmpty();
  }

  @Test
  void aMergedChunkReplacesWhateverItCovers() throws IOException {
    file("chunk-000000.000000", 0, 0);
    file("chunk-000000.000002", 0, 2);
    file("chunk-000001.000000", 1, 1);
    file("chunk-000002.000007", 2, 2);
    file("chunk-000003.000000", 3, 3);
    Cover cover = cover(3001);
    assertThat(names(cover.chunks())).containsExactly("chunk-000000.000002", "chunk-000003.000000");
    assertThat(names(cover.superseded()))
        .containsExactly("chunk-000000.000000", "chunk-000001.000000", "chunk-000002.000007");
  }

  @Test
  void headersOfReplacedFilesAreNotRead() throws IOException {
    file("chunk-000000.000002", 0, 1);
    listing.add(new FileEntry("chunk-000001.000000", FileEntry.Kind.FILE, 0));
    file("chunk-000002.000000", 2, 2);
    listing.add(new FileEntry("chunk-000003.000000", FileEntry.Kind.FILE, 0));
    assertThat(names(cover(2001).beyond())).containsExactly("chunk-000003.000000");
  }

  @Test
  void atTheStartOfAChunkNothingOfItIsTaken() throws IOException {
    file("chunk-000000.000000", 0, 0);
    file("chunk-000001.000001", 1, 1);
    Cover cover = cover(1000);
    assertThat(names(cover.chunks())).containsExactly("chunk-000000.000000");
    assertThat(names(cover.beyond())).containsExactly("chunk-000001.000001");
    assertThat(names(cover(1001).chunks())).hasSize(2);
  }

  @Test
  void aGapIsNamed() {
    file("chunk-000000.000000", 0, 0);
    file("chunk-000003.000000", 3, 3);
    damaged(
        Invariant.I2,
        () -> cover(3500),
        "no file holds chunk number 1, the next one is chunk-000003.000000");
  }

  @Test
  void aLogThatGoesOnBehindTheLastFileIsNamed() {
    file("chunk-000000.000000", 0, 0);
    damaged(
        Invariant.I1,
        () -> cover(1L << 60),
        "writer.chk: holds 1152921504606846976, which lies in chunk number",
        "the last chunk file, chunk-000000.000000, ends at");
  }

  @Test
  void missingFirstChunksMayBeInTheArchive() {
    file("chunk-000002.000000", 2, 2);
    refused(
        DatabaseException.Kind.UNSUPPORTED,
        Invariant.I2,
        () -> cover(2500),
        "server uses an archive");
  }

  @Test
  void aMergedFileOfVersionZeroIsReadDifferentlyByOldAndNewServers() {
    file("chunk-000000.000000", 0, 1);
    file("chunk-000001.000000", 1, 1);
    file("chunk-000001.000001", 1, 1);
    file("chunk-000002.000000", 2, 2);
    damaged(Invariant.I13, () -> cover(2500), "chunk-000000.000000", "chunk-000001.000001");
  }

  @Test
  void aMergedFileOfVersionZeroWithoutOthersIsReadDifferentlyToo() {
    file("chunk-000000.000000", 0, 1);
    file("chunk-000002.000000", 2, 2);
    damaged(Invariant.I13, () -> cover(2500), "continue with number 1");
  }

  @Test
  void aMergedChunkAtTheEndOfTheLogMeansThatTheEndIsOld() {
    file("chunk-000000.000000", 0, 0);
    file("chunk-000001.000001", 1, 2);
    refused(DatabaseException.Kind.CHANGED, Invariant.I3, () -> cover(1500), "holds 1 to 2");
  }

  @Test
  void aHeaderOfAnotherNumberIsDamage() {
    file("chunk-000000.000000", 0, 0);
    file("chunk-000001.000000", 7, 7);
    damaged(Invariant.I2, () -> cover(1500), "chunk-000001.000000", "chunk number 7");
  }

  @Test
  void anotherChunkSizeIsDamage() {
    file("chunk-000000.000000", 0, 0);
    listing.add(new FileEntry("chunk-000001.000000", FileEntry.Kind.FILE, 0));
    headers.put(new ChunkFileName(1, 0), header(1, 1, 2000));
    damaged(Invariant.I10, () -> cover(1500), "2000, the other chunks have 1000");
  }

  @Test
  void otherFilesAreExcludedWithAReason() throws IOException {
    file("chunk-000000.000000", 0, 0);
    listing.add(new FileEntry("chunk-000000.000001", FileEntry.Kind.OTHER, 0));
    listing.add(new FileEntry("chunk-000000.000002", FileEntry.Kind.FOLDER, 0));
    listing.add(new FileEntry("chunk-000000.backup", FileEntry.Kind.FILE, 9));
    listing.add(new FileEntry("chunk-000000.000000.old", FileEntry.Kind.FILE, 9));
    listing.add(new FileEntry("writer.chk", FileEntry.Kind.FILE, 8));
    Cover cover = cover(500);
    assertThat(names(cover.chunks())).containsExactly("chunk-000000.000000");
    assertThat(cover.leftOut())
        .extracting(Cover.LeftOut::name)
        .containsExactly(
            "chunk-000000.000001",
            "chunk-000000.000002",
            "chunk-000000.backup",
            "chunk-000000.000000.old");
    assertThat(cover.leftOut().get(2).reason()).contains("20.10");
  }

  @Test
  void anEmptyFolderIsNoDatabase() {
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> cover(0))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(DatabaseException.Kind.NOT_A_DATABASE));
    file("chunk-000000.000000", 0, 0);
    assertThatExceptionOfType(DatabaseException.class).isThrownBy(() -> cover(0));
  }

  @Test
  void aFileDeletedAfterTheListingIsReportedAsDeleted() {
    listing.add(new FileEntry("chunk-000000.000000", FileEntry.Kind.FILE, 0));
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> cover(10));
  }

  @Test
  void aProofNamesWhatDoesNotFit() throws IOException {
    Chunk first = facts(0, 0, Optional.of(footer(900)), 4096, 0);
    Chunk active = facts(1, 1, Optional.empty(), 128 + 500, 0);
    CoverProof.check(List.of(first, active), 1500);
    CoverProof.check(List.of(first), 1000);
    damaged(
        Invariant.I3,
        () -> CoverProof.check(List.of(first, active), 1501),
        "is 628 bytes long, 629 are needed");
    damaged(Invariant.I2, () -> CoverProof.check(List.of(first), 1001), "the chunks end at 1000");
    damaged(Invariant.I2, () -> CoverProof.check(List.of(), 1), "the chunks end at 0");
    damaged(
        Invariant.I2,
        () -> CoverProof.check(List.of(facts(0, 0, Optional.empty(), 4096, 0)), 1000),
        "has no footer");
    damaged(
        Invariant.I1,
        () -> CoverProof.check(List.of(first), 950),
        "its last record ends at 900, the log at 950, in the gap");
    CoverProof.check(List.of(first), 900);
    refused(
        DatabaseException.Kind.CHANGED,
        Invariant.I2,
        () -> CoverProof.check(List.of(active), 1500),
        "begins at 1000");
    refused(
        DatabaseException.Kind.CHANGED,
        Invariant.I4,
        () -> CoverProof.check(List.of(first, active), 1000),
        "is above the end of the log");
  }

  @Test
  void theEndOfTheLogLiesInAPlainChunk() {
    Chunk scavenged = new Chunk(
        new ChunkFileName(0, 1),
        4096,
        new ChunkHeader(4, 3, SIZE, 0, 0, true, new ChunkId(new UUID(1, 2)), 0),
        Optional.of(footer(900)));
    refused(
        DatabaseException.Kind.CHANGED,
        Invariant.I3,
        () -> CoverProof.check(List.of(scavenged), 900),
        "is scavenged");
    refused(
        DatabaseException.Kind.UNSUPPORTED,
        Invariant.I10,
        () -> CoverProof.check(List.of(facts(0, 0, Optional.empty(), 4096, 1)), 900),
        "transform 1",
        "encrypted");
  }

  private Cover cover(long writer) throws IOException {
    return Cover.of(
        listing,
        name -> {
          if (!headers.containsKey(name)) {
            throw new NoSuchFileException(name.toString());
          }
          return headers.get(name);
        },
        writer);
  }

  private void file(String name, int first, int last) {
    listing.add(new FileEntry(name, FileEntry.Kind.FILE, 4096));
    headers.put(ChunkFileName.parse(name).orElseThrow(), header(first, last, SIZE));
  }

  private static ChunkHeader header(int first, int last, int size) {
    return new ChunkHeader(4, 3, size, first, last, last > first, new ChunkId(new UUID(1, 2)), 0);
  }

  private static Chunk facts(
      int first, int last, Optional<ChunkFooter> footer, long lengthBytes, int transform) {
    ChunkHeader header =
        new ChunkHeader(4, 3, SIZE, first, last, false, new ChunkId(new UUID(1, 2)), transform);
    return new Chunk(new ChunkFileName(first, 0), lengthBytes, header, footer);
  }

  private static ChunkFooter footer(long dataBytes) {
    return new ChunkFooter(
        dataBytes, dataBytes, 0, 12, new io.coldstream.eventstore.Md5("0".repeat(32)));
  }

  private static List<String> names(List<ChunkFileName> names) {
    return names.stream().map(ChunkFileName::toString).toList();
  }
}
