package io.coldstream.eventstore.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleTest {

  private static final String FIRST = ChunkImage.name(0, 0);
  private static final String SECOND = ChunkImage.name(1, 0);
  private static final String ACTIVE = ChunkImage.name(3, 0);

  /** A sound database of three completed chunks and an active one, epochs at 0 and in chunk 2. */
  private DatabaseSet sound;

  private SyntheticDatabase.Written written;

  private record Damage(String name, String verdict, UnaryOperator<DatabaseSet> done) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  void write(@TempDir Path folder) throws IOException {
    SyntheticDatabase.Shape shape =
        new SyntheticDatabase.Shape(4096, 3, 1500, 1500, 250, 2, true, 4, 1);
    written = SyntheticDatabase.write(folder, shape);
    sound = DatabaseSet.read(folder);
    assertThat(Oracle.check(folder)).isEmpty();
  }

  @Test
  void acceptsASoundDatabase() {
    assertThat(Oracle.structural().arranged().check(sound)).isEmpty();
  }

  @Test
  void acceptsAnActiveChunkCutToItsBytes() {
    int needed = 128 + (int) (written.writer() % 4096);

    assertThat(Oracle.structural().check(cut(sound, ACTIVE, needed))).isEmpty();
    assertThat(Oracle.structural().check(cut(sound, ACTIVE, needed - 1)))
        .first()
        .asString()
        .startsWith("I3 " + ACTIVE);
  }

  @Test
  void acceptsABoundaryWithoutAChunkAtIt() {
    DatabaseSet set = atBoundary(sound).without(ACTIVE).withoutIndex();

    assertThat(Oracle.structural().arranged().check(set)).isEmpty();
  }

  @Test
  void acceptsAnIndexThatIsLeftOut() {
    assertThat(Oracle.structural().check(sound.withoutIndex())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("damages")
  void rejects(Damage damage) {
    List<String> verdicts = Oracle.structural().arranged().check(damage.done().apply(sound));

    assertThat(verdicts).anySatisfy(verdict -> assertThat(verdict).startsWith(damage.verdict()));
  }

  Stream<Damage> damages() {
    return Stream.of(checkpointDamages(), chunkDamages(), indexDamages()).flatMap(each -> each);
  }

  private Stream<Damage> checkpointDamages() {
    long w = written.writer();
    return Stream.of(
        damage("no writer.chk", "I1 writer.chk", set -> set.without("writer.chk")),
        damage("short writer.chk", "I1 writer.chk", set -> set.with("writer.chk", new byte[7])),
        damage(
            "writer.chk inside a record",
            "I1 " + ACTIVE,
            set -> set.withCheckpoint("writer", w - 1)),
        damage(
            "writer.chk beyond the records",
            "I1 " + ACTIVE,
            set -> set.withCheckpoint("writer", w + 1)),
        damage(
            "writer.chk in a gap",
            "I1 " + ACTIVE,
            set -> set.withCheckpoint("writer", 4 * 4096 - 5)),
        damage("chaser.chk above", "I5 chaser.chk", set -> set.withCheckpoint("chaser", w + 8)),
        damage(
            "chaser.chk inside a record", "I5 chaser.chk", set -> set.withCheckpoint("chaser", 5)),
        damage("no chaser.chk", "I5 chaser.chk", set -> set.without("chaser.chk")),
        damage("epoch.chk at an event", "I5 epoch.chk", set -> set.withCheckpoint("epoch", 4096)),
        damage("epoch.chk at the end", "I5 epoch.chk", set -> set.withCheckpoint("epoch", w)),
        damage("an old epoch", "I5 epoch.chk", set -> set.withCheckpoint("epoch", 0)),
        damage("a chunk of another branch", "I5 chunk-000002", OracleTest::withForeignEpoch),
        damage(
            "truncate.chk armed", "I6 truncate.chk", set -> set.withCheckpoint("truncate", 4096)));
  }

  private Stream<Damage> chunkDamages() {
    byte[] active = sound.root().get(ACTIVE);
    return Stream.of(
        damage("a chunk missing", "I2 chunk 1 ", set -> set.without(SECOND)),
        damage(
            "the last completed chunk missing",
            "I2 chunk 2 ",
            set -> set.without(ChunkImage.name(2, 0))),
        damage("a bit flipped", "I2 " + SECOND, set -> flip(set, SECOND, 300)),
        damage("a chunk not completed", "I2 " + SECOND, set -> cut(set, SECOND, 3000)),
        damage(
            "a chunk under another's number",
            "I2 " + SECOND,
            set -> set.with(SECOND, set.root().get(FIRST))),
        damage("a record of another place", "I2 " + SECOND, set -> set.with(SECOND, moved())),
        damage("no active chunk", "I3 chunk 3", set -> set.without(ACTIVE)),
        damage("an active chunk without its records", "I3 " + ACTIVE, set -> cut(set, ACTIVE, 256)),
        damage("a scavenged active chunk", "I3 " + ACTIVE, set -> set.with(ACTIVE, scavenged())),
        damage(
            "a damaged record in the active chunk", "I1 " + ACTIVE, set -> flip(set, ACTIVE, 128)),
        damage("a chunk beyond", "I4 ", set -> set.with(ChunkImage.name(4, 0), fresh(4))),
        damage("a temporary file", "I4 x.tmp", set -> set.with("x.tmp", new byte[1])),
        damage("a name that 20.10 takes", "I4 ", set -> set.with("chunk-000001.backup", active)),
        damage("a newer chunk under a merged one", "I13 ", OracleTest::underMerged));
  }

  private Stream<Damage> indexDamages() {
    String table = sound.index().keySet().stream()
        .filter(name -> name.length() == 36)
        .findFirst()
        .orElseThrow();
    return Stream.of(
        damage("a damaged map", "I7 indexmap", set -> flipIndex(set, "indexmap", 40)),
        damage("a damaged table", "I7 " + table, set -> flipIndex(set, table, 200)),
        damage("a table missing", "I7 " + table, set -> set.withoutIndex(table)),
        damage("tables without a map", "I7 index", set -> set.withoutIndex("indexmap")),
        damage("an index ahead", "I7 indexmap", set -> set.withCheckpoint("chaser", 4096)));
  }

  @Test
  void rejectsAFilterOlderThanItsCheckpoint() {
    WriterModel model = WriterModel.of(Profile.V26_1, 3);
    model.run(800);
    String name = "stream-existence/streamExistenceFilter.dat";
    DatabaseSet set = model.snapshot();
    DatabaseSet old = set.withIndex(name, new byte[set.index().get(name).length]);

    assertThat(Oracle.structural().withLedger(model.ledger()).check(old))
        .anySatisfy(verdict -> assertThat(verdict).startsWith("I8 "));
  }

  @Test
  void rejectsALogThatWasNeverWritten() {
    WriterModel model = WriterModel.of(Profile.V26_1, 3);

    assertThat(Oracle.structural().withLedger(model.ledger()).check(sound))
        .anySatisfy(verdict -> assertThat(verdict).startsWith("ledger: "));
  }

  private static Damage damage(String name, String verdict, UnaryOperator<DatabaseSet> done) {
    return new Damage(name, verdict, done);
  }

  private static DatabaseSet flip(DatabaseSet set, String name, int at) {
    return set.with(name, flipped(set.root().get(name), at));
  }

  private static DatabaseSet flipIndex(DatabaseSet set, String name, int at) {
    return set.withIndex(name, flipped(set.index().get(name), at));
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 4;
    return copy;
  }

  private static DatabaseSet cut(DatabaseSet set, String name, int length) {
    return set.with(name, Arrays.copyOf(set.root().get(name), length));
  }

  private static DatabaseSet atBoundary(DatabaseSet set) {
    return set.withCheckpoint("writer", 3 * 4096).withCheckpoint("chaser", 3 * 4096);
  }

  private static byte[] fresh(int number) {
    UUID id = new UUID(1, number);
    return ChunkImage.active(ChunkImage.Header.fresh(4, 4096, number, id), new byte[0]);
  }

  /**
   * Chunk 1 with the records of chunk 0: sound in itself, but each record tells another position.
   */
  private byte[] moved() {
    byte[] data = Arrays.copyOfRange(sound.root().get(FIRST), 128, 128 + 231);
    return ChunkImage.completed(ChunkImage.Header.fresh(4, 4096, 1, new UUID(1, 1)), data);
  }

  private static byte[] scavenged() {
    ChunkImage.Header header = new ChunkImage.Header(4, 4096, 3, 3, true, new UUID(1, 3), 0);
    return ChunkImage.scavenged(header, new byte[0], 0, List.of(), true);
  }

  /** Chunk 2 begins with an epoch that follows one which this log does not have. */
  private static DatabaseSet withForeignEpoch(DatabaseSet set) {
    UUID id = new UUID(1, 2);
    byte[] json = RecordImage.epochJson(8192, 2, id, 4096, 0, id);
    byte[] data = RecordImage.framed(RecordImage.epoch(8192, json, 0));
    return set.with(
        ChunkImage.name(2, 0), ChunkImage.completed(ChunkImage.Header.fresh(4, 4096, 2, id), data));
  }

  private static DatabaseSet underMerged(DatabaseSet set) {
    ChunkImage.Header header = new ChunkImage.Header(4, 4096, 0, 1, true, new UUID(1, 3), 0);
    byte[] merged = ChunkImage.scavenged(header, new byte[0], 0, List.of(), true);
    return set.with(ChunkImage.name(0, 1), merged).with(ChunkImage.name(1, 2), fresh(1));
  }
}
