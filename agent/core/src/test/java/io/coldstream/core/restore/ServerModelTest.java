package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.restore.ServerModel.Answer;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of {@code database-files.md#s14-1}, each asked of the model. */
class ServerModelTest {

  private static final long HIGH = 1L << 60;
  private static final List<String> CHECKPOINTS =
      List.of("writer", "chaser", "epoch", "proposal", "truncate");

  private final DatabaseSet whole = SmallDatabase.make();
  private final long writer = whole.checkpoint("writer").orElseThrow();
  private final NavigableSet<String> chunks = chunks();
  private final String active = chunks.last();

  private NavigableSet<String> chunks() {
    NavigableSet<String> names = new TreeSet<>(whole.root().keySet());
    names.removeIf(name -> !name.startsWith("chunk-"));
    return names;
  }

  private long chunkSize() throws Exception {
    byte[] head = Arrays.copyOf(whole.root().get(active), ChunkHeader.LENGTH_BYTES);
    return ChunkHeader.parse(head, active).chunkSizeBytes();
  }

  private static void assertAll(DatabaseSet directory, Answer answer) {
    for (ServerModel server : ServerModel.all()) {
      assertThat(server.start(directory)).as(server.toString()).isEqualTo(answer);
    }
  }

  private static DatabaseSet withoutCheckpoints(DatabaseSet set) {
    DatabaseSet without = set;
    for (String name : CHECKPOINTS) {
      without = without.without(name + ".chk");
    }
    return without;
  }

  private static DatabaseSet guarded(DatabaseSet set) {
    return set.withCheckpoint("truncate", -1)
        .withCheckpoint("chaser", HIGH + 8)
        .withCheckpoint("writer", HIGH);
  }

  @Test
  void aWholeCopyStarts() {
    assertAll(whole, Answer.STARTS);
    assertThat(Oracle.structural().check(whole)).isEmpty();
  }

  @Test
  void aCopyWithTheChaserAsTruncateTruncates() {
    long chaser = whole.checkpoint("chaser").orElseThrow();
    assertAll(whole.withCheckpoint("truncate", chaser), Answer.TRUNCATES);
  }

  @Test
  void noIndexAndNoFilterStart() {
    assertAll(whole.withoutIndex(), Answer.STARTS);
  }

  @Test
  void writerAloneOfTheCheckpointsStarts() {
    assertAll(withoutCheckpoints(whole).withCheckpoint("writer", writer), Answer.STARTS);
  }

  @Test
  void synthesisedCheckpointsStart() {
    assertAll(
        withoutCheckpoints(whole)
            .withCheckpoint("writer", writer)
            .withCheckpoint("chaser", writer)
            .withCheckpoint("epoch", whole.checkpoint("epoch").orElseThrow())
            .withCheckpoint("truncate", -1),
        Answer.STARTS);
  }

  @Test
  void anActiveChunkCutToTheWriterStarts() throws Exception {
    assertAll(withActiveOf(0), Answer.STARTS);
  }

  @Test
  void anActiveChunkThatIsShorterIsRefused() throws Exception {
    assertAll(withActiveOf(-100), Answer.REFUSES);
  }

  private DatabaseSet withActiveOf(int more) throws Exception {
    int length = (int) (ChunkHeader.LENGTH_BYTES + writer % chunkSize() + more);
    return whole.with(active, Arrays.copyOf(whole.root().get(active), length));
  }

  @ParameterizedTest
  @CsvSource({"V20_10, REFUSES", "V23_10, REFUSES", "V24_10, DELETES", "V26_1, DELETES"})
  void aChunkBehindTheWriters(Profile version, Answer answer) throws Exception {
    assertThat(new ServerModel(version).start(withLowWriter())).isEqualTo(answer);
  }

  @Test
  void aChunkBehindTheWritersWithTruncateArmedIsRefused() throws Exception {
    assertAll(withLowWriter().withCheckpoint("truncate", 0), Answer.REFUSES);
  }

  private DatabaseSet withLowWriter() throws Exception {
    long low = writer - chunkSize();
    return whole
        .withCheckpoint("writer", low)
        .withCheckpoint("chaser", low)
        .withCheckpoint("epoch", -1);
  }

  @Test
  void anIndexAboveTheChaserStarts() {
    assertAll(whole.withCheckpoint("chaser", 0), Answer.STARTS);
  }

  @Test
  void aHighChaserIsRefused() {
    DatabaseSet high = whole.withCheckpoint("chaser", HIGH);
    assertAll(high, Answer.REFUSES);
    assertAll(high.without("writer.chk"), Answer.REFUSES);
  }

  @ParameterizedTest
  @CsvSource({"V20_10, REFUSES", "V23_10, REFUSES", "V24_10, DELETES", "V26_1, DELETES"})
  void chunksWithoutCheckpoints(Profile version, Answer answer) {
    WriterModel unscavenged = SmallDatabase.model(3, 1);
    while (!unscavenged.snapshot().root().containsKey("chunk-000002.000000")) {
      unscavenged.run(1);
    }
    DatabaseSet set = unscavenged.snapshot();
    assertThat(set.root()).containsKey("chunk-000001.000000");

    assertThat(new ServerModel(version).start(withoutCheckpoints(set))).isEqualTo(answer);
  }

  @Test
  void aFlippedBitInACompletedChunkIsNotSeenAtTheStart() {
    byte[] bytes = whole.root().get(chunks.first()).clone();
    bytes[500] ^= 1;
    assertAll(whole.with(chunks.first(), bytes), Answer.STARTS);
  }

  @Test
  void theGuardIsRefusedWithEveryFileWithNoneAndWithGaps() {
    assertAll(guarded(whole), Answer.REFUSES);
    assertAll(guarded(DatabaseSet.empty()), Answer.REFUSES);
    String middle = chunks.higher(chunks.first());
    assertAll(guarded(whole).without(middle).withoutIndex(), Answer.REFUSES);
    assertAll(guarded(whole).withCheckpoint("writer", writer), Answer.REFUSES);
  }

  @ParameterizedTest
  @CsvSource({
    "chaser, chaser",
    "writer, writer",
    "chaser, writer",
    "chaser, truncate",
    "writer, truncate"
  })
  void aPartOfTheGuardInAnEmptyDirectoryIsRefused(String one, String other) {
    DatabaseSet guard = guarded(DatabaseSet.empty());
    DatabaseSet part = DatabaseSet.empty();
    for (String name : List.of(one, other)) {
      part = part.withCheckpoint(name, guard.checkpoint(name).orElseThrow());
    }
    assertAll(part, Answer.REFUSES);
  }

  @Test
  void truncateAloneOrNothingMakesAnEmptyDatabase() {
    assertAll(DatabaseSet.empty().withCheckpoint("truncate", -1), Answer.STARTS_EMPTY);
    assertAll(DatabaseSet.empty(), Answer.STARTS_EMPTY);
  }

  @Test
  void anArmedTruncateLiftsAHighChaser() {
    assertAll(
        whole.withCheckpoint("chaser", HIGH + 8).withCheckpoint("truncate", writer),
        Answer.TRUNCATES);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void aRefusedStartCreatesWhatIsMissingAndKeepsTheRest(Profile version) throws Exception {
    Path database = Path.of("/db");
    CrashingDisk disk = new CrashingDisk();
    disk.createFolders(database);
    byte[] chaser =
        DatabaseSet.empty().withCheckpoint("chaser", HIGH + 8).root().get("chaser.chk");
    disk.write(database.resolve("chaser.chk"), chaser);

    new ServerModel(version).refuse(disk, database, database.resolve("index"));

    DatabaseSet left = SmallDatabase.read(disk, database, database.resolve("index"));
    assertThat(left.checkpoint("chaser")).hasValue(HIGH + 8);
    assertThat(left.checkpoint("writer")).hasValue(0);
    assertThat(left.checkpoint("epoch")).hasValue(-1);
    assertThat(left.checkpoint("proposal")).hasValue(-1);
    assertThat(left.checkpoint("truncate")).hasValue(-1);
    assertThat(disk.look(database.resolve("index/stream-existence")).isPresent())
        .isEqualTo(version != Profile.V20_10);
    assertAll(left, Answer.REFUSES);
  }
}
