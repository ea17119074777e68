package io.coldstream.core.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.PageJson;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.json.Json;
import io.coldstream.core.testing.Format1;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.testkit.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RepositoryTest {

  private static final String URL = "mem://here";
  private static final RepositoryInfo INFO =
      new RepositoryInfo(Manifests.REPOSITORY_ID, Instant.EPOCH, Manifests.DATABASE_ID);

  private final MemoryStore store = new MemoryStore();
  private final RepositoryLocation location = new RepositoryLocation(store, URL);

  @Test
  void itsDocumentHasTheBytesOfFormat1() throws Exception {
    byte[] bytes = Format1.bytes("coldstream.json");
    assertThat(INFO.bytes()).asString().isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    assertThat(RepositoryInfo.read(bytes)).isEqualTo(INFO);
  }

  @Test
  void theMarkOfARestoreHasTheBytesOfFormat1() throws Exception {
    RestoredMark mark = new RestoredMark(Manifests.REPOSITORY_ID, 7, 99, true, Instant.EPOCH);
    byte[] bytes = Format1.bytes(RestoredMark.FILE_NAME);
    assertThat(mark.bytes()).asString().isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    assertThat(RestoredMark.read(bytes)).isEqualTo(mark);
  }

  @Test
  void anEmptyPrefixHasNoRepository() throws Exception {
    assertThat(location.find()).isEmpty();
    assertFails(() -> location.open(), Kind.USAGE, URL, "no repository");
    assertThat(location.create(INFO).info()).isEqualTo(INFO);
    assertThat(location.open().info()).isEqualTo(INFO);
  }

  @Test
  void theSecondOfTwoConcurrentCreatorsOpensTheFirstRepository() throws Exception {
    location.create(INFO);
    RepositoryInfo other = new RepositoryInfo("z".repeat(26), Instant.EPOCH, new UUID(9, 9));
    assertThat(location.create(other).info()).isEqualTo(INFO);
  }

  @Test
  void anInterruptedCreationIsRepeated() throws Exception {
    put(Layout.RESTORE_TEXT, RestoreText.bytes());
    assertThat(location.find()).isEmpty();
    assertThat(location.create(INFO).info()).isEqualTo(INFO);
  }

  @Test
  void aPrefixThatHoldsSomethingElseIsRefused() throws Exception {
    put(new ObjectName("holiday/photo.jpg"), new byte[3]);
    assertFails(
        () -> location.find(),
        Kind.REPOSITORY_DAMAGED,
        "holiday/photo.jpg",
        "choose an empty prefix");
  }

  @Test
  void anUnknownFormatIsRefused() throws Exception {
    String json = new String(INFO.bytes(), StandardCharsets.UTF_8);
    put(Layout.REPOSITORY, Manifests.redigested(json.replace(": 1,", ": 2,")));
    assertFails(() -> location.find(), Kind.REPOSITORY_DAMAGED, "format 2");
  }

  @Test
  void theNewestIsFoundWithAndWithoutAHint() throws Exception {
    Repository repository = location.create(INFO);
    assertThat(repository.numbers(0).newest()).isEmpty();
    for (long sequence : new long[] {1, 2, 9, 10, 11}) {
      put(Layout.manifest(sequence), ManifestJson.write(Manifests.sample(sequence)));
    }
    put(new ObjectName("manifests/notes.txt"), new byte[1]);
    assertThat(repository.sequences(0)).containsExactly(1L, 2L, 9L, 10L, 11L);
    assertThat(repository.numbers(0).newest()).contains(11L);
    assertThat(repository.numbers(10).newest()).contains(11L);
    assertThat(repository.numbers(11).newest()).contains(11L);
    assertThat(repository.numbers(4000).newest()).contains(11L);
    assertThat(repository.manifest(9)).isEqualTo(Manifests.sample(9));
    assertFails(() -> repository.manifest(3), Kind.USAGE, "no backup 3");
  }

  @Test
  void aManifestOfAnotherRepositoryIsRefused() throws Exception {
    Repository repository =
        location.create(new RepositoryInfo("y".repeat(26), Instant.EPOCH, Manifests.DATABASE_ID));
    put(Layout.manifest(1), ManifestJson.write(Manifests.sample(1)));
    assertFails(() -> repository.manifest(1), Kind.REPOSITORY_DAMAGED, "another repository");
  }

  @Test
  void aDocumentLongerThanAnyCanBeIsNotRead() throws Exception {
    Repository repository = location.create(INFO);
    put(Layout.manifest(1), new byte[Json.MAX_BYTES + 1]);
    assertFails(() -> repository.manifest(1), Kind.REPOSITORY_DAMAGED, "manifests/000000000001");
  }

  @Test
  void aPageIsComparedWithItsEntry() throws Exception {
    Repository repository = location.create(INFO);
    List<FileEntry> files = List.of(Manifests.chunk(0, 0), Manifests.chunk(1, 1));
    PageEntry entry = Manifests.page(files);
    assertFails(
        () -> repository.page(entry), Kind.REPOSITORY_DAMAGED, entry.object().value());
    put(entry.object(), PageJson.write(files));
    assertThat(repository.page(entry)).isEqualTo(files);
  }

  @Test
  void namesOfManifestsAreRecognised() {
    assertThat(Layout.sequence(Layout.manifest(42))).hasValue(42);
    assertThat(Layout.sequence(new ObjectName("manifests/42.json"))).isEmpty();
    assertThat(Layout.sequence(new ObjectName("manifests/x/000000000042.json"))).isEmpty();
    assertThat(Layout.sequence(Layout.setAside(42))).isEmpty();
    assertThat(Layout.takenNumber(Layout.manifest(42))).hasValue(42);
    assertThat(Layout.takenNumber(Layout.setAside(42))).hasValue(42);
    for (String odd : List.of(
        "manifests/.damaged",
        "manifests/42.json.damaged",
        "manifests/000000000042.damaged",
        "manifests/x/000000000042.json.damaged")) {
      assertThat(Layout.takenNumber(new ObjectName(odd))).as(odd).isEmpty();
    }
  }

  @Test
  void restoreTextIsPlainAsciiWithCommands() {
    String text = new String(RestoreText.bytes(), StandardCharsets.US_ASCII);
    assertThat(text.getBytes(StandardCharsets.US_ASCII)).isEqualTo(RestoreText.bytes());
    assertThat(text).contains("[all] ", "[file] ");
  }

  private void put(ObjectName name, byte[] bytes) throws Exception {
    store.put(new PutRequest(name, Content.of(bytes), Placement.STANDARD));
  }

  private static void assertFails(ThrowingCallable call, Kind kind, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContainingAll(parts);
  }
}
