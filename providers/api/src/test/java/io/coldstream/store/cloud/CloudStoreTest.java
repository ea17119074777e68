package io.coldstream.store.cloud;

import static io.coldstream.store.cloud.ScriptedDriver.download;
import static io.coldstream.store.cloud.ScriptedDriver.listed;
import static io.coldstream.store.cloud.ScriptedDriver.page;
import static io.coldstream.store.cloud.ScriptedDriver.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the port that hold for every cloud, on a driver that answers as the test says. */
class CloudStoreTest {

  private static final ObjectName NAME = new ObjectName("a/b");
  private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");

  private final ScriptedDriver driver = new ScriptedDriver();

  private CloudStore store() {
    return new CloudStore(driver, StoreTools.NONE, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static StoreException failure(ThrowingCallable call) {
    return catchThrowableOfType(StoreException.class, call);
  }

  private static PutRequest request(int lengthBytes) {
    return new PutRequest(NAME, Content.of(new byte[lengthBytes]), Placement.STANDARD);
  }

  private StoreException putFailure(int lengthBytes) {
    return failure(() -> store().put(request(lengthBytes)));
  }

  @Test
  void everyVerbOfAClosedStoreIsRejectedWithoutACall() {
    CloudStore store = store();
    store.close();
    for (ThrowingCallable verb : List.<ThrowingCallable>of(
        () -> store.stat(NAME),
        () -> store.list(ObjectPrefix.ALL, ListCursor.START),
        () -> store.read(NAME, ByteRange.WHOLE, Optional.empty()),
        () -> store.put(request(1)),
        () -> store.delete(List.of(NAME)),
        () -> store.sweep(ObjectPrefix.ALL, Duration.ZERO))) {
      assertThat(failure(verb).kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure(verb))
          .hasMessageContaining("x://bucket/p/")
          .hasMessageContaining("closed");
    }
    assertThat(driver.closed).isTrue();
    assertThat(driver.queries).isEmpty();
  }

  @Test
  void anInterruptedThreadMakesNoCallAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    StoreException failure = failure(() -> store().stat(NAME));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(driver.queries).isEmpty();
  }

  @Test
  void aLookUpFollowsEmptyPagesAndMatchesTheWholeName() throws Exception {
    driver.pages.add(page("t1"));
    driver.pages.add(page("", "p/a/b"));
    assertThat(store().stat(NAME)).contains(new StoredObject(NAME, 1, "v1"));
    assertThat(driver.queries)
        .extracting(KeyQuery::token)
        .containsExactly(Optional.empty(), Optional.of("t1"));

    driver.pages.add(page("", "p/a/bc"));
    assertThat(store().stat(NAME)).isEmpty();
    driver.pages.add(new KeyPage(
        List.of(new ListedObject(
            "p/a/b", OptionalLong.of(1), Optional.empty(), Optional.empty(), Optional.empty())),
        Optional.empty()));
    assertThat(store().stat(NAME)).isEmpty();
  }

  @Test
  void foreignKeysAreCountedAndFolderMarksAreNot() throws Exception {
    driver.pages.add(page("", "p/", "p/a//b", "p/a/b", "q/a"));
    ListPage page = store().list(ObjectPrefix.ALL, ListCursor.START);
    assertThat(page.objects()).extracting(StoredObject::name).containsExactly(NAME);
    assertThat(page.foreign()).isEqualTo(2);
  }

  @Test
  void namesBeforeTheStartAreLeftOutWhenTheStoreListsThem() throws Exception {
    ListCursor after = ListCursor.after(new ObjectName("b"));
    driver.pages.add(page("", "p/a", "p/b", "p/c"));
    assertThat(store().list(ObjectPrefix.ALL, after).objects())
        .extracting(object -> object.name().value())
        .containsExactly("c");
    driver.traits = ScriptedDriver.traits(true, false, false);
    driver.pages.add(page("", "p/a", "p/b", "p/c"));
    assertThat(store().list(ObjectPrefix.ALL, after).objects()).hasSize(3);
  }

  @Test
  void aTruncatedPageWithoutATokenIsRejected() {
    driver.pages.add(new KeyPage(List.of(), true, Optional.empty()));
    StoreException failure = failure(() -> store().list(ObjectPrefix.ALL, ListCursor.START));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining("there is more, but not where");
  }

  @ParameterizedTest
  @CsvSource({
    // From, length, the answer's body and its Content-Range, and the kind of the failure.
    "0, 3, abc, bytes 0-2/9,",
    "2, 3, cde, bytes 2-4/9,",
    "2, 3, cde, bytes 1-3/9, REJECTED",
    "2, 3, abcdefghi, '', REJECTED",
    "8, 3, i, bytes 8-8/9, REJECTED",
    "2, 3, cd, bytes 2-4/9, CORRUPT",
    "2, 3, cdef, bytes 2-4/9, CORRUPT",
  })
  void anAnswerWithAnotherRangeIsRefused(
      long from, long length, String body, String contentRange, Kind kind) throws Exception {
    driver.download = download(body, contentRange);
    if (kind != null) {
      assertThat(failure(() -> store().read(NAME, ByteRange.of(from, length), Optional.empty()))
              .kind())
          .isEqualTo(kind);
      return;
    }
    try (ObjectContent content = store().read(NAME, ByteRange.of(from, length), Optional.empty())) {
      assertThat(content.object()).isEqualTo(new StoredObject(NAME, 9, "v1"));
      assertThat(new String(content.stream().readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo(body);
    }
  }

  @Test
  void anotherVersionThanTheOneAskedForIsNotFound() {
    driver.download = download("abc", "");
    assertThat(failure(() -> store().read(NAME, ByteRange.WHOLE, Optional.of("v0")))
            .kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void theLastByteIsWithheldUntilTheChecksumOfTheWholeIsRight() throws Exception {
    Download plain = download("abc", "");
    driver.download = new Download(
        plain.version(),
        plain.bodyBytes(),
        plain.contentRange(),
        plain.objectBytes(),
        Optional.of(Checksums.text(1)),
        plain.body());
    try (ObjectContent content = store().read(NAME, ByteRange.WHOLE, Optional.empty())) {
      assertThat(content.stream().readNBytes(2)).hasSize(2);
      assertThat(failure(() -> content.stream().read()).kind()).isEqualTo(Kind.CORRUPT);
    }
  }

  @Test
  void namesAreDeletedInBatches() throws Exception {
    store().delete(Collections.nCopies(5, NAME));
    assertThat(driver.deleted).extracting(List::size).containsExactly(2, 2, 1);
    store().delete(List.of());
    assertThat(driver.deleted).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"2026-01-20T00:00:00Z, 2, 1", "'', 1, 0"})
  void theAgeOfAnUploadCountsByTheStoresTimeOrElseByTheLocalClock(
      String time, int found, int removed) throws Exception {
    driver.uploads.add(new UploadPage(
        List.of("1", "2", "3", "4"),
        List.of(
            upload("p/a", "expires", "2026-01-01T00:00:00Z"),
            upload("p/b", "young", "2026-01-09T00:00:00Z"),
            upload("p/c", "unknown", ""),
            upload("q/d", "foreign", "2026-01-01T00:00:00Z")),
        Optional.empty(),
        Optional.of(time).filter(text -> !text.isEmpty()).map(Instant::parse)));
    assertThat(store().sweep(ObjectPrefix.ALL, Duration.ofDays(2)))
        .isEqualTo(new SweepResult(found, removed));
    assertThat(driver.ended).hasSize(found);
  }

  @Test
  void onlyAnObjectOfOnePartIsPutInOneRequest() throws Exception {
    assertThat(store().put(request(10))).isEqualTo(new StoredObject(NAME, 10, "v1"));
    assertThat(putFailure(11)).hasMessage("parts of 10");
    assertThat(putFailure(61).kind()).isEqualTo(Kind.REJECTED);
    assertThat(putFailure(61)).hasMessageContaining("61 bytes are more than the store can hold");
  }

  @Test
  void aConfirmationOfOtherBytesIsCorrupt() {
    driver.putAnswer =
        new PutAnswer(Optional.of("v1"), OptionalLong.of(4), Optional.empty(), Optional.empty());
    assertThat(putFailure(5).kind()).isEqualTo(Kind.CORRUPT);
    driver.putAnswer = new PutAnswer(
        Optional.of("v1"), OptionalLong.empty(), Optional.of("AAAAAA=="), Optional.empty());
    assertThat(putFailure(5).kind()).isEqualTo(Kind.CORRUPT);
    driver.readsBodies = false;
    driver.putAnswer =
        new PutAnswer(Optional.of("v1"), OptionalLong.of(5), Optional.empty(), Optional.empty());
    assertThat(putFailure(5)).hasMessageContaining("confirmed more than it was sent");
  }

  @Test
  void anAnswerWithoutAVersionDoesNotConfirmAPut() {
    driver.putAnswer =
        new PutAnswer(Optional.of(""), OptionalLong.of(5), Optional.empty(), Optional.empty());
    assertThat(putFailure(5).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void aDoubtfulConfirmationIsComparedWithTheListing() throws Exception {
    driver.putAnswer = new PutAnswer(
        Optional.of("v1"), OptionalLong.empty(), Optional.empty(), Optional.of("try x"));
    driver.pages.add(new KeyPage(List.of(listed("p/a/b", 9, "")), Optional.empty()));
    StoreException failure = putFailure(5);
    assertThat(failure.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(failure).hasMessageEndingWith("made 9 bytes of the 5 that it was sent; try x");
    driver.pages.add(new KeyPage(List.of(listed("p/a/b", 5, "")), Optional.empty()));
    assertThat(store().put(request(5)).lengthBytes()).isEqualTo(5);
  }

  @Test
  void aPutWhoseAnswerIsLostIsSettledByItsMark() throws Exception {
    driver.putFailure = Optional.of(new IOException("lost"));
    assertThat(putFailure(5)).hasMessageEndingWith("lost");
    assertThat(driver.queries).isEmpty();

    driver.traits = ScriptedDriver.traits(false, true, false);
    assertThat(putFailure(5)).as("nothing is there").hasMessageEndingWith("lost");
    driver.pages.add(new KeyPage(List.of(listed("p/a/b", 5, "another")), Optional.empty()));
    assertThat(putFailure(5).kind()).isEqualTo(Kind.ALREADY_EXISTS);
    driver.listsWhatWasPut = true;
    assertThat(store().put(request(5))).isEqualTo(new StoredObject(NAME, 5, "v1"));
  }

  @Test
  void aDeniedPutMeansAlreadyExistsWhenTheStoreListsTheName() {
    driver.putFailure = Optional.of(new StoreException(Kind.ACCESS_DENIED, "denied", null));
    driver.pages.add(page("", "p/a/b"));
    assertThat(putFailure(5).kind()).isEqualTo(Kind.ACCESS_DENIED);
    driver.traits = ScriptedDriver.traits(false, false, true);
    assertThat(putFailure(5).kind()).isEqualTo(Kind.ALREADY_EXISTS);
    assertThat(putFailure(5).kind()).as("the name is free").isEqualTo(Kind.ACCESS_DENIED);
  }

  private void createsByLookingUp() {
    driver.traits = new CloudTraits(new PartLimits(10, 3, 20, 10), 2, false, false, false, false);
  }

  @Test
  void withoutExclusiveCreatesATakenNameIsRefusedBeforeAnythingIsSent() {
    createsByLookingUp();
    driver.pages.add(page("", "p/a/b"));
    assertThat(putFailure(5).kind()).isEqualTo(Kind.ALREADY_EXISTS);
    assertThat(driver.put).isEmpty();
  }

  @Test
  void withoutExclusiveCreatesTheNameIsLookedUpAgainAfterThePut() throws Exception {
    createsByLookingUp();
    driver.listsWhatWasPut = true;
    driver.pages.add(page(""));
    assertThat(store().put(request(5))).isEqualTo(new StoredObject(NAME, 5, "v1"));
    assertThat(driver.queries).hasSize(2);
  }

  @Test
  void withoutExclusiveCreatesAnObjectThatAnotherWriterReplacedIsNotOurs() {
    createsByLookingUp();
    driver.pages.add(page(""));
    driver.pages.add(page("", "p/a/b"));
    driver.putAnswer =
        new PutAnswer(Optional.of("v2"), OptionalLong.empty(), Optional.empty(), Optional.empty());
    StoreException failure = putFailure(5);
    assertThat(failure.kind()).isEqualTo(Kind.ALREADY_EXISTS);
    assertThat(failure).hasMessageContaining("another writer");
  }
}
