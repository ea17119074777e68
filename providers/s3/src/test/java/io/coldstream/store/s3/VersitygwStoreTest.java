package io.coldstream.store.s3;

import static io.coldstream.store.s3.S3StoreContract.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.testkit.emulator.Deviation;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract against the Versity gateway, as the user who is allowed to do everything. */
@NeedsEmulator("versitygw")
@Timeout(120)
class VersitygwStoreTest implements FlatNamesContract {

  private final Bucket bucket = OnVersitygw.bucket();

  @Override
  public Bucket bucket() {
    return bucket;
  }

  @Override
  public List<String> flat() {
    return List.of("A", "a b", "a!", "a-b/c", "a.b/c", "a/-", "a/b", "a0", "é", "\uFF5E", "😀");
  }

  @Test
  @Override
  @Deviation("refuses a put of 5 MiB without reading it, and breaks off")
  public void anExistingNameIsRefusedAndItsObjectUntouched() throws Exception {
    try (ObjectStore store = open()) {
      for (long first : new long[] {0, 5, partSizeBytes() + 1}) {
        String name = "taken/" + first;
        StoredObject stored = put(store, name, first);
        for (long second : new long[] {0, 5, partSizeBytes() + 1}) {
          assertThat(Failures.of(() -> put(store, name, second)).kind())
              .isEqualTo(Kind.ALREADY_EXISTS);
        }
        assertThat(Failures.of(() -> put(store, name, partSizeBytes())).kind())
            .isIn(Kind.ALREADY_EXISTS, Kind.UNAVAILABLE);
        assertThat(store.stat(stored.name())).contains(stored);
      }
    }
  }

  /** Puts that another process left unfinished. */
  @Nested
  class Resumed implements ForeignUploadsContract {
    private final Bucket place = OnVersitygw.bucket();

    @Override
    public Bucket bucket() {
      return place;
    }
  }
}
