package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutListener;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.testkit.LyingSources;
import io.coldstream.store.testkit.RandomSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A put that another process left unfinished, on an emulator of S3: what depends on how
 * the server keeps, lists and completes parts. Two stores opened on one bucket are two processes: they
 * share nothing but it.
 */
interface ResumedPutContract {

  int PART = Bucket.PART;
  ObjectName NAME = Bucket.NAME;
  byte[] BYTES = new RandomSource(1, 3L * PART + 5).bytes();
  ObjectSource SOURCE = Content.of(BYTES);

  /** A bucket of a test method's own, and what is in it without the adapter. */
  Bucket bucket();

  /** Some servers hold everything in this JVM's memory. */
  @AfterEach
  default void clear() {
    bucket().clear();
  }

  @Test
  default void anotherProcessResumesABrokenUpload() throws Exception {
    try (PartBreaker proxy = new PartBreaker(bucket().endpoint(), 3);
        ObjectStore store = bucket().through(proxy)) {
      assertThat(Failures.of(() -> put(store, SOURCE)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
    goesOn(List.of(3, 4), "2 of 4");
    assertThat(bucket().uploads()).isEmpty();
  }

  @Test
  default void aMissingPartInTheMiddleIsSent() throws Exception {
    bucket().begun(BYTES, 1, 3);
    goesOn(List.of(2, 4), "2 of 4");
    assertThat(bucket().uploads()).isEmpty();
  }

  @Test
  default void anUploadOfAnOddNameIsFound() throws Exception {
    ObjectName odd = new ObjectName("chunks/a b+c%2Fd&é");
    bucket().begun("p/" + odd.value(), BYTES, 1, 2, 3);
    Told told = new Told();
    try (ObjectStore store = bucket().open()) {
      store.put(new PutRequest(odd, SOURCE, Placement.BULK, told));
    }
    assertThat(told.what()).isEqualTo("3 of 4");
    assertThat(bucket().uploads()).isEmpty();
  }

  @Test
  default void noPartIsSentWhenTheStoreHasAll() throws Exception {
    bucket().begun(BYTES, 1, 2, 3, 4);
    goesOn(List.of(), "4 of 4");
  }

  @Test
  default void anUploadWithAnAlteredPartIsLeftAlone() throws Exception {
    String begun = bucket().begun(BYTES, 1, 3);
    bucket().sendPart(begun, 2, new byte[PART]);
    beginsAnew(begun);
  }

  @Test
  default void anUploadOfAnotherContentIsLeftAlone() throws Exception {
    beginsAnew(bucket().begun(new RandomSource(2, BYTES.length).bytes(), 1, 2));
  }

  @Test
  default void theFittingOneOfSeveralUploadsIsResumed() throws Exception {
    String longer = bucket().begun(Arrays.copyOf(BYTES, BYTES.length + PART), 1, 5);
    bucket().begun(BYTES, 1, 2);
    String empty = bucket().begun(BYTES);
    goesOn(List.of(3, 4), "2 of 4");
    assertThat(bucket().uploads()).containsExactlyInAnyOrder(longer, empty);
  }

  @Test
  default void anUploadThatIsAbortedMeanwhileStartsFromScratch() throws Exception {
    assertStartsFromScratchWhenAborted(bucket().begun(BYTES, 1, 2), 2L * PART + 1);
  }

  /** Resumes an upload that is aborted when the source has delivered so many bytes. */
  default void assertStartsFromScratchWhenAborted(String begun, long atByte) throws Exception {
    AtomicBoolean once = new AtomicBoolean();
    ObjectSource meeting = LyingSources.meeting(SOURCE, atByte, () -> {
      if (once.compareAndSet(false, true)) {
        bucket().abort(begun);
      }
    });
    try (ObjectStore store = bucket().open()) {
      assertThat(Failures.of(() -> put(store, meeting)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(store.stat(NAME)).isEmpty();
      putAfterOneMoreFailure(store, meeting);
    }
    assertHolds();
  }

  @Test
  default void aPartThatIsReplacedMeanwhileIsNeverUsed() throws Exception {
    String begun = bucket().begun(BYTES, 1, 2);
    AtomicBoolean once = new AtomicBoolean();
    ObjectSource meeting = LyingSources.meeting(SOURCE, 3L * PART + 1, () -> {
      if (once.compareAndSet(false, true)) {
        bucket().sendPart(begun, 1, new byte[PART]);
      }
    });
    try (ObjectStore store = bucket().open()) {
      assertThat(Failures.of(() -> put(store, meeting)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(store.stat(NAME)).isEmpty();
      put(store, meeting);
    }
    assertHolds();
    assertThat(bucket().uploads()).containsExactly(begun);
  }

  @Test
  default void twoPutsThatResumeAtOnceEndWithOneObject() throws Exception {
    bucket().begun(BYTES, 1, 2);
    AtomicReference<StoreException> other = new AtomicReference<>();
    AtomicBoolean once = new AtomicBoolean();
    // The second process does all of its work while the first one reads its last part.
    ObjectSource meeting = LyingSources.meeting(SOURCE, 3L * PART + 1, () -> {
      if (once.compareAndSet(false, true)) {
        try (ObjectStore second = bucket().open()) {
          put(second, SOURCE);
        } catch (StoreException e) {
          other.set(e);
        }
      }
    });
    try (ObjectStore first = bucket().open()) {
      firstOfTwo(first, meeting);
    }
    assertThat(other.get()).isNull();
    assertHolds();
    assertThat(bucket().uploads()).isEmpty();
  }

  /**
   * The put that comes too late: its last part is refused, since the upload was completed meanwhile,
   * and the next attempt finds the name taken.
   */
  default void firstOfTwo(ObjectStore first, ObjectSource source) throws Exception {
    assertThat(Failures.of(() -> put(first, source)).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(Failures.of(() -> put(first, source)).kind()).isEqualTo(Kind.ALREADY_EXISTS);
  }

  /**
   * A server that refuses a part without reading it breaks off, and is not understood the first time:
   * the upload is tried once more.
   */
  private static void putAfterOneMoreFailure(ObjectStore store, ObjectSource source)
      throws StoreException {
    try {
      put(store, source);
    } catch (StoreException e) {
      assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
      put(store, source);
    }
  }

  private void goesOn(List<Integer> sent, String told) throws Exception {
    try (PartBreaker proxy = new PartBreaker(bucket().endpoint(), 0);
        ObjectStore store = bucket().through(proxy)) {
      Told listener = new Told();
      StoredObject stored = store.put(new PutRequest(NAME, SOURCE, Placement.BULK, listener));
      assertThat(proxy.parts())
          .containsExactlyElementsOf(sent.stream().map(String::valueOf).toList());
      assertThat(listener.what()).isEqualTo(told);
      assertThat(store.stat(NAME)).contains(stored);
    }
    assertHolds();
  }

  /** Puts, and checks that it started from scratch. */
  default void beginsAnew(String leftAlone) throws Exception {
    try (ObjectStore store = bucket().open()) {
      Told told = new Told();
      store.put(new PutRequest(NAME, SOURCE, Placement.BULK, told));
      assertThat(told.what()).isEmpty();
    }
    assertHolds();
    assertThat(bucket().uploads()).containsExactly(leftAlone);
  }

  /** That the object is there, with every byte. */
  default void assertHolds() throws Exception {
    try (ObjectStore store = bucket().open();
        ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      assertThat(Arrays.mismatch(content.stream().readAllBytes(), BYTES))
          .as("first difference")
          .isEqualTo(-1);
    }
  }

  static StoredObject put(ObjectStore store, ObjectSource source) throws StoreException {
    return store.put(new PutRequest(NAME, source, Placement.BULK));
  }

  /** What a listener has received. */
  final class Told implements PutListener {
    private String what = "";

    @Override
    public void resumed(int partsThere, int parts) {
      what += partsThere + " of " + parts;
    }

    String what() {
      return what;
    }
  }
}
