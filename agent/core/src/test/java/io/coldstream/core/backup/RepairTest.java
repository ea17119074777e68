package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.backup.plan.ProgressNote;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.Verb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the store and damaged is sent again from the node, beside it. */
class RepairTest {

  @TempDir
  Path temp;

  private Bed bed;
  private Fixture series;
  private Path database;
  private Manifest first;

  @BeforeEach
  void backUp() throws Exception {
    bed = new Bed();
    series = Fixture.unpack("series-" + Fixtures.NEWEST, temp);
    database = series.database("day2");
    first = bed.backUp(database).committed().orElseThrow();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void anObjectAlteredWhileTheSourceIsGoodIsTrustedByTheNextBackup() throws Exception {
    alter(object("chunks/"));
    CountingStore store = new CountingStore(bed.memory);
    bed.backUp(database, store);
    assertThat(store.log().count(Verb.PUT)).isEqualTo(1);
  }

  @Test
  void resendRepairsAnAlteredChunkAndTheOlderBackupIsFoundThroughTheNewer() throws Exception {
    requireRepaired(object("chunks/"));
  }

  @Test
  void resendRepairsAnAlteredTable() throws Exception {
    requireRepaired(
        first.files().index().orElseThrow().files().get(0).objects().get(0).object());
  }

  @Test
  void resendRepairsAnAlteredBloomFilter() throws Exception {
    requireRepaired(first.files().index().orElseThrow().files().stream()
        .filter(entry -> entry.name().endsWith(".bloomfilter"))
        .findFirst()
        .orElseThrow()
        .objects()
        .get(0)
        .object());
  }

  @Test
  void resendRepairsAnAlteredIndexMap() throws Exception {
    requireRepaired(first.files().index().orElseThrow().map().objects().get(0).object());
  }

  @Test
  void resendRepairsAnAlteredSegment() throws Exception {
    requireRepaired(object("active/"));
  }

  @Test
  void resendRepairsAnAlteredCheckpoint() throws Exception {
    ObjectName altered = first.files().checkpoints().get(0).objects().get(0).object();
    alter(altered);
    Manifest repaired = resend(altered);
    assertThat(repaired.files().checkpointFolder()).isNotEqualTo(first.files().checkpointFolder());
    SeriesBackupTest.assertHolds(bed, repaired, database);
  }

  @Test
  void anObjectThatWasSentAgainCanBeSentAgain() throws Exception {
    ObjectName altered = object("chunks/");
    alter(altered);
    resend(altered);
    ObjectName copy = new ObjectName(bed.names("chunks/").stream()
        .filter(name -> name.startsWith(altered.value() + "-"))
        .findFirst()
        .orElseThrow());
    alter(copy);
    Manifest repaired = resend(copy);
    SeriesBackupTest.assertHolds(bed, repaired, database);
    CountingStore store = new CountingStore(bed.memory);
    bed.with(Bed.resend(bed.request, altered.value()));
    bed.backUp(database, store);
    assertThat(store.log().targets(Verb.PUT)).noneMatch(name -> name.startsWith("chunks/"));
  }

  @Test
  void resendOfAFileThatTheNodeNoLongerHolds() {
    ObjectName gone = object("chunks/");
    bed.with(Bed.resend(bed.request, gone.value()));
    RunException refusal =
        catchThrowableOfType(RunException.class, () -> bed.backUp(series.database("day3")));
    assertThat(refusal.kind()).isEqualTo(RunException.Kind.SOURCE_REFUSED);
    assertThat(refusal).hasMessageContaining(gone.value());
    assertThat(bed.names("manifests/")).hasSize(1);
  }

  @Test
  void resendOfWhatNoNodeCanHave() {
    bed.with(Bed.resend(bed.request, "manifests/000000000001.json"));
    RunException refusal = catchThrowableOfType(RunException.class, () -> bed.backUp(database));
    assertThat(refusal.kind()).isEqualTo(RunException.Kind.USAGE);
  }

  @Test
  void recheckSendsWhatIsMissing() throws Exception {
    List<ObjectName> missing = List.of(
        object("chunks/"),
        object("active/"),
        first.files().index().orElseThrow().files().get(0).objects().get(0).object());
    bed.memory.delete(missing);
    Manifest repaired = recheck();
    assertThat(bed.memory.contents()).containsKeys(missing.toArray(ObjectName[]::new));
    assertThat(repaired.files().pages()).isEqualTo(first.files().pages());
    SeriesBackupTest.assertHolds(bed, repaired, database);
    SeriesBackupTest.assertHolds(bed, first, database);
  }

  @Test
  void recheckSendsWhatIsShorter() throws Exception {
    for (String folder : List.of("chunks/", "index/", "active/")) {
      ObjectName shorter = object(folder);
      byte[] bytes = bed.memory.contents().get(shorter);
      bed.memory.replace(shorter, Arrays.copyOf(bytes, bytes.length - 1));
    }
    Manifest repaired = recheck();
    SeriesBackupTest.assertHolds(bed, repaired, database);
    assertThat(bed.backUp(database).uploaded().addedObjects()).isZero();
  }

  @Test
  void aMissingPageIsWrittenAgainByARecheck() throws Exception {
    bed.memory.delete(List.of(object("pages/")));
    RunException refusal =
        catchThrowableOfType(RunException.class, () -> bed.backUp(series.database("day3")));
    assertThat(refusal.kind()).isEqualTo(RunException.Kind.REPOSITORY_DAMAGED);
    assertThat(refusal.remedies()).map(Remedy::action).containsExactly(Remedy.Action.RECHECK);
    Manifest repaired = recheck();
    assertThat(repaired.files().pages()).isEqualTo(first.files().pages());
    SeriesBackupTest.assertHolds(bed, repaired, database);
    bed.backUp(series.database("day3"));
  }

  @Test
  void aPageThatARecheckFindsMissingIsLoggedAsAWarning() throws Exception {
    ObjectName page = object("pages/");
    bed.memory.delete(List.of(page));
    try (LogLines log = new LogLines()) {
      recheck();
      assertThat(log.lines())
          .anyMatch(line ->
              line.startsWith("WARN NewestBackup: the page counts as empty and is written again: ")
                  && line.contains(page.value()));
    }
  }

  @Test
  void anAlteredPageIsWrittenBesideItself() throws Exception {
    for (int times = 1; times <= 2; times++) {
      ObjectName altered = bed.manifest(times).files().pages().get(0).object();
      alter(altered);
      Manifest repaired = resend(altered);
      assertThat(repaired.files().pages().get(0).object()).isNotEqualTo(altered);
      assertThat(bed.names("chunks/")).hasSize(repaired.files().pages().get(0).files());
      SeriesBackupTest.assertHolds(bed, repaired, database);
    }
  }

  @Test
  void recheckOfASoundRepositoryFindsNothingToSend() throws Exception {
    bed.with(Bed.recheck(bed.request));
    CountingStore store = new CountingStore(bed.memory);
    Manifest again = bed.backUp(database, store).committed().orElseThrow();
    assertThat(again.files().pages()).isEqualTo(first.files().pages());
    assertThat(again.files().index()).isEqualTo(first.files().index());
    assertThat(again.files().activeChunk()).isEqualTo(first.files().activeChunk());
    assertThat(store.log().targets(Verb.PUT))
        .allMatch(name -> name.startsWith("checkpoints/") || name.startsWith("manifests/"));
    assertThat(store.log().targets(Verb.LIST)).contains("chunks/", "index/", "active/");
  }

  @Test
  void anUnknownChunkUnderItsRightNameWithTheWrongLengthIsSentBesideIt() throws Exception {
    try (Bed other = new Bed()) {
      String name = bed.names("chunks/").get(0);
      other.memory.replace(
          new ObjectName("coldstream.json"),
          bed.memory.contents().get(new ObjectName("coldstream.json")));
      other.memory.replace(new ObjectName(name), new byte[77]);
      Manifest manifest = other.backUp(database).committed().orElseThrow();
      SeriesBackupTest.assertHolds(other, manifest, database);
      assertThat(other.names(name + "-")).hasSize(1);
    }
  }

  /** Whoever noted or wrote a wrong digest is believed, until what it speaks of is sent again. */
  @Test
  void aWrongDigestInANoteIsRepairedByAResend() throws Exception {
    ObjectName chunk = object("chunks/");
    byte[] bytes = bed.memory.contents().get(chunk);
    try (Bed other = new Bed()) {
      other.memory.replace(Layout.REPOSITORY, bed.memory.contents().get(Layout.REPOSITORY));
      other.memory.replace(chunk, bytes);
      StoredBytes wrong = new StoredBytes(chunk, bytes.length, Sha256.of(new byte[1]));
      other.memory.replace(
          Layout.progress("a".repeat(26), 1), new ProgressNote(List.of(wrong)).bytes());
      Manifest believed = other.backUp(database).committed().orElseThrow();
      assertThat(objects(other, believed)).contains(wrong);

      other.with(Bed.resend(other.request, chunk.value()));
      Manifest repaired = other.backUp(database).committed().orElseThrow();
      SeriesBackupTest.assertHolds(other, repaired, database);
    }
  }

  @Test
  void aWrongDigestOfAChunkInTheNewestBackupIsRepairedByAResend() throws Exception {
    ObjectName chunk = object("chunks/");
    falsifyPage(chunk);
    SeriesBackupTest.assertHolds(bed, resend(chunk), database);
  }

  @Test
  void aWrongDigestOfATableInTheNewestBackupIsRepairedByAResend() throws Exception {
    StoredBytes table =
        first.files().index().orElseThrow().files().get(0).objects().get(0);
    falsify(Layout.manifest(1), table.sha256().hex(), Sha256.of(new byte[1]).hex());
    SeriesBackupTest.assertHolds(bed, resend(table.object()), database);
  }

  @Test
  void recheckSendsWhatIsMissingThoughItsDigestInTheNewestBackupIsWrong() throws Exception {
    ObjectName chunk = object("chunks/");
    falsifyPage(chunk);
    bed.memory.delete(List.of(chunk));
    SeriesBackupTest.assertHolds(bed, recheck(), database);
  }

  private void falsifyPage(ObjectName chunk) throws Exception {
    Sha256 digest = entry(first, chunk).sha256();
    ObjectName page = first.files().pages().get(0).object();
    String text = text(page).replace(digest.hex(), Sha256.of(new byte[1]).hex());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ObjectName wrong = Layout.page(0, Sha256.of(bytes));
    bed.memory.replace(wrong, bytes);
    falsify(Layout.manifest(1), page.value(), wrong.value());
  }

  private void falsify(ObjectName document, String right, String wrong) {
    String text = text(document);
    assertThat(text).contains(right);
    bed.memory.replace(document, Manifests.redigested(text.replace(right, wrong)));
  }

  private String text(ObjectName document) {
    return new String(bed.memory.contents().get(document), StandardCharsets.UTF_8);
  }

  private static List<StoredBytes> objects(Bed bed, Manifest manifest) throws Exception {
    return SeriesBackupTest.chunks(bed.repository(), manifest).stream()
        .flatMap(entry -> entry.objects().stream())
        .toList();
  }

  private void requireRepaired(ObjectName altered) throws Exception {
    alter(altered);
    Manifest repaired = resend(altered);
    SeriesBackupTest.assertHolds(bed, repaired, database);
    FileEntry before = entry(first, altered);
    StoredBytes copy = SeriesBackupTest.chunks(bed.repository(), repaired).stream()
        .flatMap(entry -> entry.objects().stream())
        .filter(o -> o.object().value().startsWith(altered.value() + "-"))
        .findFirst()
        .or(() -> repaired.files().index().orElseThrow().all().stream()
            .flatMap(entry -> entry.objects().stream())
            .filter(o -> o.object().value().startsWith(altered.value() + "-"))
            .findFirst())
        .orElseThrow();
    assertThat(copy.sha256()).isEqualTo(before.objects().get(0).sha256());
    assertThat(copy.object().value())
        .isEqualTo(altered.value() + "-" + copy.sha256().first16());
    bed.with(BackupRequest.of(Bed.URL));
    assertThat(bed.backUp(database).uploaded().addedObjects()).isZero();
  }

  private FileEntry entry(Manifest manifest, ObjectName object) throws Exception {
    List<FileEntry> all = SeriesBackupTest.chunks(bed.repository(), manifest);
    manifest.files().index().ifPresent(index -> all.addAll(index.all()));
    return all.stream()
        .filter(e -> e.objects().get(0).object().equals(object))
        .findFirst()
        .orElseThrow();
  }

  private Manifest resend(ObjectName object) throws RunException {
    bed.with(Bed.resend(BackupRequest.of(Bed.URL), object.value()));
    return bed.backUp(database).committed().orElseThrow();
  }

  private Manifest recheck() throws RunException {
    bed.with(Bed.recheck(bed.request));
    Manifest manifest = bed.backUp(database).committed().orElseThrow();
    bed.with(BackupRequest.of(Bed.URL));
    return manifest;
  }

  private ObjectName object(String folder) {
    return new ObjectName(bed.names(folder).get(0));
  }

  private void alter(ObjectName name) {
    byte[] bytes = bed.memory.contents().get(name);
    bytes[bytes.length / 2] ^= 1;
    bed.memory.replace(name, bytes);
  }
}
