package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.s3.emulator.ExactNameListing;
import io.coldstream.store.s3.emulator.S3Emulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** Puts that another process left unfinished, on the servers that need nothing but a JVM. */
@Timeout(120)
class ResumedPutTest {

  @Nested
  class OnS3Mock implements ResumedPutContract {
    private final Bucket bucket = Bucket.on(S3Emulator.s3mock());

    @Override
    public Bucket bucket() {
      return bucket;
    }
  }

  @Nested
  class OnS3Proxy implements ForeignUploadsContract {
    private final Bucket bucket = Bucket.on(S3Emulator.s3proxy());

    @Override
    public Bucket bucket() {
      return bucket;
    }

    /** S3Proxy takes a part of an upload that is gone: only the completing call finds it out. */
    @Override
    public void firstOfTwo(ObjectStore first, ObjectSource source) throws Exception {
      assertThat(ResumedPutContract.put(first, source).lengthBytes())
          .isEqualTo(SOURCE.lengthBytes());
    }
  }

  /** As MinIO lists, whose answers are those of S3Mock otherwise. */
  @Nested
  class OnOneThatListsByExactName implements ResumedPutContract {
    private final S3Emulator server = S3Emulator.s3mock();
    private final ExactNameListing listing = listingOf(server);
    private final Bucket bucket = Bucket.on(server).seenAt(listing.uri());

    @Override
    public Bucket bucket() {
      return bucket;
    }

    @AfterEach
    void end() throws IOException {
      listing.close();
    }

    private static ExactNameListing listingOf(S3Emulator server) {
      try {
        return new ExactNameListing(server.endpoint(), server::client);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
