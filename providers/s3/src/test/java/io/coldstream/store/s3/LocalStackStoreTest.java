package io.coldstream.store.s3;

import static io.coldstream.store.s3.S3StoreContract.listed;
import static io.coldstream.store.s3.S3StoreContract.put;
import static io.coldstream.store.s3.S3StoreContract.putAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.Deviation;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract against LocalStack, which knows no CRC-32C trailers: with MD5s in headers. */
@NeedsEmulator("localstack")
@Timeout(120)
class LocalStackStoreTest implements S3StoreContract {

  private static final String START_AFTER =
      "compares start-after, as it was sent, with keys that it has encoded for the answer";

  private final Bucket bucket = Bucket.on(S3Emulator.localStack());

  @Override
  public Bucket bucket() {
    return bucket;
  }

  /** The same with names that are not encoded. */
  @Test
  @Override
  @Deviation(START_AFTER)
  public void aListingStartsAfterAnyName() throws Exception {
    List<String> plain =
        ORDERED.stream().filter(name -> name.matches("[A-Za-z0-9./_-]+")).toList();
    try (ObjectStore store = open()) {
      putAll(store, plain);
      for (int i = 0; i < plain.size(); i++) {
        assertThat(listed(store, "", ListCursor.after(new ObjectName(plain.get(i)))))
            .isEqualTo(plain.subList(i + 1, plain.size()));
      }
    }
  }

  /** They are listed from the start, and removed one by one. */
  @Test
  @Override
  @Deviation(START_AFTER)
  public void aListingStartsAfterEachOddNameAndEachIsDeleted() throws Exception {
    List<String> odd = List.of("100%/50%2F", "a+b c", "中文/é");
    try (ObjectStore store = open()) {
      putAll(store, odd);
      for (int i = 0; i < odd.size(); i++) {
        store.delete(List.of(new ObjectName(odd.get(i))));
        assertThat(listed(store, "", ListCursor.START)).isEqualTo(odd.subList(i + 1, odd.size()));
      }
    }
  }

  @Test
  @Override
  @Deviation("refuses a put of 5 MiB without reading it, and neither side goes on")
  public void anExistingNameIsRefusedAndItsObjectUntouched() throws Exception {
    try (ObjectStore store = open()) {
      for (long first : new long[] {0, 5, partSizeBytes() + 1}) {
        String name = "taken/" + first;
        StoredObject stored = put(store, name, first);
        for (long second : new long[] {0, 5, partSizeBytes() + 1}) {
          assertThat(Failures.of(() -> put(store, name, second)).kind())
              .isEqualTo(Kind.ALREADY_EXISTS);
        }
        assertThat(store.stat(stored.name())).contains(stored);
      }
    }
  }

  /** It looks whether the name is free, then puts the parts together: two can find it free. */
  @Test
  @Override
  @Deviation("completes an upload create-only, but not atomically")
  public void oneOfEightWritersOfALargeObjectWins() throws Exception {
    oneAfterTheOther(partSizeBytes() + 1);
  }

  @Test
  @Override
  @Deviation("of two that complete one upload at once an object without its content can come")
  public void twoPutsThatResumeAtOnceMakeOneObject() throws Exception {
    oneAfterTheOther(3 * partSizeBytes() + 7);
  }

  /** Puts that another process left unfinished. */
  @Nested
  class Resumed implements ResumedPutContract {
    private final Bucket place = Bucket.on(S3Emulator.localStack());

    @Override
    public Bucket bucket() {
      return place;
    }

    /** The part that comes too late is the short one, which it does read. */
    @Test
    @Override
    @Deviation("refuses a part of 5 MiB without reading it, and neither side goes on")
    public void anUploadThatIsAbortedMeanwhileStartsFromScratch() throws Exception {
      assertStartsFromScratchWhenAborted(bucket().begun(BYTES, 1, 2, 3), 3L * PART + 1);
    }

    /** It shows no upload of such a name where the name is asked for: a new one is begun. */
    @Test
    @Override
    @Deviation("lists no unfinished upload by a prefix that has to be encoded")
    public void anUploadOfAnOddNameIsFound() throws Exception {
      ObjectName odd = new ObjectName("chunks/a b+c%2Fd&é");
      bucket().begun("p/" + odd.value(), BYTES, 1, 2, 3);
      Told told = new Told();
      try (ObjectStore store = bucket().open()) {
        store.put(new PutRequest(odd, SOURCE, Placement.BULK, told));
        assertThat(store.stat(odd)).isPresent();
      }
      assertThat(told.what()).isEmpty();
    }
  }
}
