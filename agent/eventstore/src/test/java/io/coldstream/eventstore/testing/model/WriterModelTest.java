package io.coldstream.eventstore.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WriterModelTest {

  /** What must happen in some history, or the model would be too tame. */
  private enum Sight {
    SCAVENGED,
    TWO_COVERS,
    NO_INDEX_MAP,
    CHUNK_BEYOND_WRITER,
    NO_CHUNK_AT_WRITER,
    WRITER_INSIDE_GROUP,
    EPOCH_LAGS,
    TEMPORARY_FILE,
    TRUNCATED,
    BRANCHES
  }

  @ParameterizedTest
  @EnumSource
  void aSnapshotIsSoundAtAnyInstant(Profile profile) {
    int judged = 0;
    for (long seed = 0; seed < 8; seed++) {
      WriterModel model = WriterModel.of(profile, seed);
      Oracle oracle = Oracle.structural().withLedger(model.ledger());
      model.run(60);
      for (int i = 0; i < 30; i++) {
        model.run(41 + i);
        if (!model.truncating()) {
          judged++;
          assertThat(oracle.check(model.snapshot()))
              .as("%s, seed %s, step %s", profile, seed, model.steps())
              .isEmpty();
        }
      }
    }
    assertThat(judged).isGreaterThan(200);
  }

  @Test
  void historiesShowAllThatIsDangerous() {
    Set<Sight> seen = EnumSet.noneOf(Sight.class);
    for (Profile profile : Profile.values()) {
      for (long seed = 0; seed < 5; seed++) {
        WriterModel model = WriterModel.of(profile, seed);
        model.run(300);
        for (int i = 0; i < 200; i++) {
          model.run(3);
          look(model, seen);
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Sight.values());
  }

  private static void look(WriterModel model, Set<Sight> seen) {
    DatabaseSet all = model.everything();
    long writer = all.checkpoint("writer").orElseThrow();
    long active = writer / model.chunkSizeBytes();
    Ledger.Branch branch = model.ledger().current();
    note(seen, Sight.SCAVENGED, all.root().keySet().stream().anyMatch(WriterModelTest::replaced));
    note(seen, Sight.TWO_COVERS, chunks(all) > chunks(model.snapshot()));
    note(seen, Sight.NO_INDEX_MAP, model.steps() > 600 && !all.index().containsKey("indexmap"));
    note(
        seen,
        Sight.CHUNK_BEYOND_WRITER,
        all.root().containsKey(ChunkImage.name((int) active + 1, 0)));
    note(seen, Sight.NO_CHUNK_AT_WRITER, !all.root().containsKey(ChunkImage.name((int) active, 0)));
    note(seen, Sight.WRITER_INSIDE_GROUP, writer > 0 && !branch.isSafeCut(writer));
    note(
        seen,
        Sight.EPOCH_LAGS,
        branch
            .epochBelow(writer)
            .filter(e -> e.position() != all.checkpoint("epoch").orElseThrow())
            .isPresent());
    note(seen, Sight.TEMPORARY_FILE, all.root().keySet().stream().anyMatch(n -> n.endsWith("tmp")));
    note(seen, Sight.TRUNCATED, model.truncating());
    note(seen, Sight.BRANCHES, model.ledger().branches().size() > 1);
  }

  private static void note(Set<Sight> seen, Sight sight, boolean now) {
    if (now) {
      seen.add(sight);
    }
  }

  private static boolean replaced(String name) {
    return name.startsWith("chunk-") && name.matches(".*\\.00000[1-9]");
  }

  private static long chunks(DatabaseSet set) {
    return set.root().keySet().stream()
        .filter(name -> name.startsWith("chunk-"))
        .count();
  }

  @Test
  void aSeedPlaysTheSameHistory() {
    WriterModel first = WriterModel.of(Profile.V24_10, 7);
    WriterModel second = WriterModel.of(Profile.V24_10, 7);
    first.run(900);
    second.run(900);

    assertThat(second.everything().root())
        .containsExactlyEntriesOf(first.everything().root());
    assertThat(second.everything().index())
        .containsExactlyEntriesOf(first.everything().index());
  }

  @Test
  void anOpenFileKeepsItsBytes() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Path file = Path.of("db", "file");
    disk.makeFolder(file.getParent());
    disk.create(file, new byte[] {1, 2, 3});
    try (OpenFile open = disk.open(file)) {
      disk.delete(file);
      disk.create(file, new byte[] {9});
      ByteBuffer buffer = ByteBuffer.allocate(8);

      assertThat(open.read(buffer, 1)).isEqualTo(2);
      assertThat(buffer.get(0)).isEqualTo((byte) 2);
      assertThat(open.read(buffer, 3)).isEqualTo(-1);
      assertThat(disk.openFiles()).isEqualTo(1);
    }
    assertThat(disk.openFiles()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aNaiveCopyIsOftenUnsound(Profile profile) throws IOException {
    int bad = 0;
    for (long seed = 0; seed < 60; seed++) {
      WriterModel model = new WriterModel(WriterModel.Settings.of(profile, seed).steady());
      model.run(400);
      SplittableRandom random = new SplittableRandom(seed);
      InterleavedFiles files = InterleavedFiles.of(model, () -> random.nextInt(3));
      DatabaseSet copy = new NaiveReader(files, model.folder()).copy();
      if (!Oracle.structural().withLedger(model.ledger()).check(copy).isEmpty()) {
        bad++;
      }
    }
    assertThat(bad).isGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void aCarefulCopyIsSoundInTheEnd(Profile profile) throws IOException {
    for (long seed = 0; seed < 40; seed++) {
      WriterModel model = new WriterModel(new WriterModel.Settings(profile, seed, 4096, 12, 3, 0));
      model.run(400);
      SplittableRandom random = new SplittableRandom(seed);
      InterleavedFiles files =
          InterleavedFiles.of(model, () -> random.nextInt(4) == 0 ? random.nextInt(4) : 0);
      CarefulReader reader = new CarefulReader(files, model.folder());
      DatabaseSet copy = reader.copy();

      assertThat(Oracle.structural().withLedger(model.ledger()).check(copy))
          .as("%s, seed %s, %s attempts", profile, seed, reader.attempts())
          .isEmpty();
      assertThat(model.disk().openFiles()).isZero();
    }
  }
}
