package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.LyingSources;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The same, and which uploads of others are left alone: what the adapter decides by a listing alone,
 * which is one on every server.
 */
interface ForeignUploadsContract extends ResumedPutContract {

  @Test
  default void anUploadOfALongerContentIsLeftAlone() throws Exception {
    String begun = bucket().begun(Arrays.copyOf(BYTES, BYTES.length + PART), 1, 2, 3, 4, 5);
    beginsAnew(begun);
  }

  @Test
  default void anUploadWithPartsOfAnotherSizeIsLeftAlone() throws Exception {
    String begun = bucket().begun(BYTES, 1, 2);
    try (ObjectStore store = bucket().open("part-size", "6MiB")) {
      Told told = new Told();
      store.put(new PutRequest(NAME, SOURCE, Placement.BULK, told));
      assertThat(told.what()).isEmpty();
    }
    assertHolds();
    assertThat(bucket().uploads()).containsExactly(begun);
  }

  @Test
  default void anUploadWithoutPartsIsLeftAlone() throws Exception {
    beginsAnew(bucket().begun(BYTES));
  }

  @Test
  default void anUploadWithoutItsFirstPartIsLeftAlone() throws Exception {
    beginsAnew(bucket().begun(BYTES, 2));
  }

  @Test
  default void anUploadOfALongerNameIsLeftAlone() throws Exception {
    String begun = bucket().begun("p/chunks/a-longer", BYTES, 1, 2);
    beginsAnew(begun);
  }

  @Test
  default void aSourceThatFailsBeforeTheComparisonAbortsNoOtherUpload() throws Exception {
    String begun = bucket().begun(BYTES, 1, 2);
    try (ObjectStore store = bucket().open()) {
      assertThat(Failures.of(() ->
                  ResumedPutContract.put(store, LyingSources.unopenable(SOURCE.lengthBytes())))
              .kind())
          .isEqualTo(Kind.SOURCE_UNREADABLE);
    }
    assertThat(bucket().uploads()).containsExactly(begun);
  }

  @Test
  default void anUploadOfAWrongSourceIsAborted() throws Exception {
    bucket().begun(BYTES, 1, 2);
    try (ObjectStore store = bucket().open()) {
      assertThat(Failures.of(() -> ResumedPutContract.put(store, LyingSources.refusing(SOURCE)))
              .kind())
          .isEqualTo(Kind.SOURCE_UNREADABLE);
      assertThat(store.stat(NAME)).isEmpty();
    }
    assertThat(bucket().uploads()).isEmpty();
  }

  @Test
  default void aNameThatIsCreatedMeanwhileAbortsNoOtherUpload() throws Exception {
    String begun = bucket().begun(BYTES, 1, 2);
    ObjectSource meeting =
        LyingSources.meeting(SOURCE, 3L * PART + 1, () -> bucket().takeName());
    try (ObjectStore store = bucket().open()) {
      assertThat(Failures.of(() -> ResumedPutContract.put(store, meeting)).kind())
          .isEqualTo(Kind.ALREADY_EXISTS);
      assertThat(store.stat(NAME).orElseThrow().lengthBytes()).isEqualTo(1);
    }
    assertThat(bucket().uploads()).containsExactly(begun);
  }
}
