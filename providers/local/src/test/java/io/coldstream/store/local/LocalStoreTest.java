package io.coldstream.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.disk.DiskLimits;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final long PART = 4;

  @TempDir
  Path place;

  private Path root;
  private ObjectStore store;

  @BeforeEach
  void open() {
    root = place.resolve("repo");
    store = new LocalStore(
        root,
        new DiskFileOps(),
        new DiskLimits(limit -> {}),
        Clock.fixed(NOW, ZoneOffset.UTC),
        PART,
        2);
  }

  private StoredObject put(String name) throws StoreException {
    return store.put(
        new PutRequest(new ObjectName(name), Content.of(new byte[] {1, 2, 3}), Placement.STANDARD));
  }

  @Test
  void aDirectoryLocksNothing() throws Exception {
    Instant until = NOW.plusSeconds(60);
    ObjectName name = put("a").name();
    PutRequest locked = new PutRequest(
            new ObjectName("b"), Content.of(new byte[1]), Placement.STANDARD)
        .withLock(until);
    assertThat(failure(Kind.REJECTED, () -> store.put(locked)))
        .hasMessageContaining("a directory cannot lock objects");
    assertThat(failure(Kind.REJECTED, () -> store.extend(name, until)))
        .hasMessageContaining("a directory cannot lock objects");
    assertThat(store.lockedUntil(name)).isEmpty();
    failure(Kind.NOT_FOUND, () -> store.lockedUntil(new ObjectName("b")));
    assertThat(names()).containsExactly("a");
  }

  private static StoreException failure(Kind kind, ThrowingCallable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
    return failure;
  }

  private List<String> names() throws StoreException {
    List<String> names = new ArrayList<>();
    Optional<ListCursor> next = Optional.of(ListCursor.START);
    while (next.isPresent()) {
      ListPage page = store.list(ObjectPrefix.ALL, next.get());
      assertThat(page.objects()).hasSizeLessThanOrEqualTo(2);
      page.objects().forEach(o -> names.add(o.name().value()));
      next = page.next();
    }
    return names;
  }

  private void abandon(String name, Duration age) throws IOException {
    Path file = root.resolve(DiskNames.UNFINISHED).resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[10]);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
  }

  @Test
  void namesOfTheRepositoryFormatAreUsedAsPaths() throws IOException {
    put("chunks/chunk-000000.000000-900150983cd24fb0d6963f7d28e17f72");
    put("manifests/000000000001.json");
    assertThat(root.resolve("chunks/chunk-000000.000000-900150983cd24fb0d6963f7d28e17f72"))
        .hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(root.resolve("manifests/000000000001.json")).isRegularFile();
  }

  @Test
  void aListingEndsDespiteManyEmptyFolders() throws IOException {
    for (int i = 0; i < 9; i++) {
      Files.createDirectories(root.resolve("a/empty" + i));
    }
    for (String name : new String[] {"a/x", "a/y/1", "a/y/2", "a/y/3", "b"}) {
      put(name);
    }
    assertThat(names()).containsExactly("a/x", "a/y/1", "a/y/2", "a/y/3", "b");
  }

  @Test
  void aFullLastPageHasNoNextOne() throws IOException {
    put("a");
    put("b");
    assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).next()).isEmpty();
  }

  @Test
  void theFirstPutCreatesTheLastFolder() throws IOException {
    assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
    assertThat(store.stat(new ObjectName("a"))).isEmpty();
    assertThat(root).doesNotExist();
    put("a");
    assertThat(root).isDirectory();
  }

  @Test
  void theParentFolderIsNotCreated() {
    store = new LocalStore(place.resolve("not-mounted/repo"), limit -> {}, PART);
    for (ThrowingCallable call : List.<ThrowingCallable>of(
        () -> put("a"),
        () -> store.stat(new ObjectName("a")),
        () -> store.list(ObjectPrefix.ALL, ListCursor.START),
        () -> store.read(new ObjectName("a"), ByteRange.WHOLE, Optional.empty()),
        () -> store.delete(List.of(new ObjectName("a"))),
        () -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)))) {
      assertThat(failure(Kind.REJECTED, call)).hasMessageContaining("is the disk mounted?");
    }
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRejected() throws IOException {
    Files.write(root, new byte[0]);
    assertThat(failure(Kind.REJECTED, () -> put("a"))).hasMessageContaining("is not a folder");
    failure(Kind.REJECTED, () -> store.list(ObjectPrefix.ALL, ListCursor.START));
  }

  @Test
  void theDirectoryItselfMayBeALink() throws IOException {
    Files.createDirectory(place.resolve("elsewhere"));
    Files.createSymbolicLink(root, place.resolve("elsewhere"));
    put("a.b");
    assertThat(place.resolve("elsewhere/a.b")).isRegularFile();
  }

  @Test
  void linksInsideAreNeitherObjectsNorFollowed() throws IOException {
    put("real.txt");
    Path outside = Files.createDirectory(place.resolve("outside"));
    Files.write(outside.resolve("secret.txt"), new byte[] {9});
    Files.createSymbolicLink(root.resolve("link.txt"), outside.resolve("secret.txt"));
    Files.createSymbolicLink(root.resolve("folder"), outside);
    assertThat(names()).containsExactly("real.txt");
    for (String name : new String[] {"link.txt", "folder/secret.txt"}) {
      ObjectName object = new ObjectName(name);
      assertThat(store.stat(object)).isEmpty();
      failure(Kind.NOT_FOUND, () -> store.read(object, ByteRange.WHOLE, Optional.empty()));
      store.delete(List.of(object));
    }
    assertThat(failure(Kind.REJECTED, () -> put("link.txt"))).hasMessageContaining("in the way");
    assertThat(failure(Kind.REJECTED, () -> put("folder/new.txt")))
        .hasMessageContaining("in the way");
    assertThat(outside.resolve("secret.txt")).hasBinaryContent(new byte[] {9});
    assertThat(outside.toFile().list()).hasSize(1);
  }

  @Test
  void aLinkInPlaceOfTheFolderOfUnfinishedFilesIsRejected() throws IOException {
    Path outside = Files.createDirectory(place.resolve("outside"));
    Files.createDirectory(root);
    Files.createSymbolicLink(root.resolve(DiskNames.UNFINISHED), outside);
    failure(Kind.REJECTED, () -> put("a"));
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void foreignFilesAreCountedAndNotListed() throws IOException {
    put("a");
    Files.createSymbolicLink(root.resolve("link.txt"), place);
    Files.createDirectory(root.resolve("photos.dir"));
    Files.createDirectory(root.resolve("folder.txt"));
    Files.write(root.resolve("plain"), new byte[0]);
    Files.write(root.resolve("line\nbreak.txt"), new byte[0]);
    ListPage page = store.list(ObjectPrefix.ALL, ListCursor.START);
    assertThat(page.objects()).hasSize(1);
    assertThat(page.foreign()).isEqualTo(5);
  }

  @Test
  void whatAFileSystemPutsThereIsNeitherListedCountedNorEntered() throws IOException {
    put("chunks/a.b");
    List<String> foreign =
        List.of("lost+found", "@eaDir", ".snapshot", "$RECYCLE.BIN", "..data", "#recycle");
    for (Path folder : List.of(root, root.resolve("chunks"))) {
      for (String name : foreign) {
        Files.createDirectory(folder.resolve(name));
        Files.write(folder.resolve(name).resolve("x.txt"), new byte[1]);
      }
      Files.write(folder.resolve(".nfs000000000000000100000001"), new byte[1]);
    }
    Path unfinished = Files.createDirectories(root.resolve(DiskNames.UNFINISHED));
    Files.write(unfinished.resolve(".nfs000000000000000100000002"), new byte[1]);

    ListPage page = store.list(ObjectPrefix.ALL, ListCursor.START);
    assertThat(page.objects()).extracting(o -> o.name().value()).containsExactly("chunks/a.b");
    assertThat(page.foreign()).isZero();
    assertThat(store.list(new ObjectPrefix("chunks/"), ListCursor.START).foreign())
        .isZero();
    assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(-1))).isEqualTo(new SweepResult(0, 0));
    for (String name : foreign) {
      put(name + "/own.txt");
      put("chunks/" + name);
      assertThat(store.stat(new ObjectName("chunks/" + name))).isPresent();
    }
    assertThat(names()).hasSize(1 + 2 * foreign.size());
  }

  @Test
  void aReadSurvivesADeleteAndDoesNotSeeTheNextObject() throws IOException {
    StoredObject first = put("a.b");
    try (ObjectContent content =
        store.read(first.name(), ByteRange.WHOLE, Optional.of(first.version()))) {
      assertThat(content.stream().read()).isEqualTo(1);
      store.delete(List.of(first.name()));
      store.put(new PutRequest(first.name(), Content.of(new byte[] {7, 8, 9}), Placement.BULK));
      assertThat(content.stream().readAllBytes()).containsExactly(2, 3);
    }
  }

  @Test
  void aFileThatIsTruncatedDuringAReadIsCorrupt() throws IOException {
    StoredObject object = put("a.b");
    try (ObjectContent content = store.read(object.name(), ByteRange.WHOLE, Optional.empty())) {
      Files.write(root.resolve("a.b"), new byte[1]);
      failure(Kind.CORRUPT, () -> content.stream().readAllBytes());
    }
  }

  @Test
  void aFileThatWasChangedInPlaceIsAnotherVersion() throws IOException {
    StoredObject object = put("a.b");
    Files.write(root.resolve("a.b"), new byte[] {3, 2, 1});
    assertThat(store.stat(object.name()).orElseThrow().version()).isNotEqualTo(object.version());
    failure(
        Kind.NOT_FOUND,
        () -> store.read(object.name(), ByteRange.WHOLE, Optional.of(object.version())));
  }

  @Test
  void aSweepRemovesOldUnfinishedFilesUnderItsPrefixOnly() throws IOException {
    put("chunks/a");
    abandon("chunks/a%0123", Duration.ofDays(3));
    abandon("chunks/b%0123", Duration.ofHours(1));
    abandon("index/c%0123", Duration.ofDays(3));
    assertThat(names()).containsExactly("chunks/a");
    assertThat(store.sweep(new ObjectPrefix("chunks/"), Duration.ofDays(1)))
        .isEqualTo(new SweepResult(1, 1));
    assertThat(store.sweep(new ObjectPrefix("pages/"), Duration.ZERO))
        .isEqualTo(new SweepResult(0, 0));
    assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(1))).isEqualTo(new SweepResult(1, 1));
    assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofMinutes(1)))
        .isEqualTo(new SweepResult(1, 1));
    assertThat(names()).containsExactly("chunks/a");
  }

  @Test
  void aFolderThatWasRemovedIsCreatedByTheNextAttempt() throws IOException {
    put("folder/a.b");
    Files.delete(root.resolve("folder/a.b"));
    Files.delete(root.resolve("folder"));
    failure(Kind.UNAVAILABLE, () -> put("folder/a.b"));
    assertThat(put("folder/a.b").lengthBytes()).isEqualTo(3);
  }

  @Test
  void theProviderIsFoundByItsScheme() throws StoreException {
    StoreUrl url = StoreUrl.parse(root.toUri().toString());
    try (ObjectStore found = Opened.store(url.toString(), Map.of())) {
      assertThat(found.stat(new ObjectName("a"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file://host/path", "file://localhost/path", "file://backup"})
  void aHostIsRejected(String text) {
    assertThat(rejected(text)).hasMessageContaining("file:///path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///", "file:/", "file:///a%00b"})
  void aPathThatIsNoFolderIsRejected(String text) {
    assertThat(rejected(text)).hasMessageContaining("path");
  }

  private static StoreException rejected(String text) {
    return failure(Kind.REJECTED, () -> Opened.store(text, Map.of()));
  }
}
