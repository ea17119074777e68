package io.coldstream.store.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.Placement;
import io.coldstream.store.PutListener;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Uploads in parts that break off, on a store in memory. The content has three parts. */
class PartedPutTest {

  private static final ObjectName NAME = new ObjectName("a");
  private static final String CONTENT = "abcdefghijkl";

  private final MemoryParts driver = new MemoryParts();
  private final List<String> resumed = new ArrayList<>();

  private CloudStore process() {
    return new CloudStore(driver, StoreTools.NONE, Clock.systemUTC());
  }

  private void put(CloudStore store, ObjectSource source) throws StoreException {
    store.put(new PutRequest(NAME, source, Placement.BULK, new PutListener() {
      @Override
      public void resumed(int parts, int ofParts) {
        resumed.add(parts + " of " + ofParts);
      }
    }));
  }

  private void put(CloudStore store, String content) throws StoreException {
    put(store, Content.of(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private Kind failure(CloudStore store, String content) {
    return catchThrowableOfType(StoreException.class, () -> put(store, content)).kind();
  }

  private void assertStored(String content) {
    assertThat(driver.objects.get("p/a")).asString(StandardCharsets.US_ASCII).isEqualTo(content);
    assertThat(driver.uploads).isEmpty();
  }

  @Test
  void theSameProcessResumesABrokenUpload() throws Exception {
    CloudStore store = process();
    driver.failsAt = "u1/1";
    assertThat(failure(store, CONTENT)).isEqualTo(Kind.UNAVAILABLE);
    driver.failsAt = "";
    put(store, CONTENT);
    assertStored(CONTENT);
    assertThat(driver.sent).containsExactly("u1/0", "u1/1", "u1/2");
    assertThat(resumed).containsExactly("1 of 3");
  }

  @Test
  void anotherProcessFindsAndResumesABrokenUpload() throws Exception {
    driver.failsAt = "u1/2";
    assertThat(failure(process(), CONTENT)).isEqualTo(Kind.UNAVAILABLE);
    driver.failsAt = "";
    put(process(), CONTENT);
    assertStored(CONTENT);
    assertThat(driver.sent).containsExactly("u1/0", "u1/1", "u1/2");
    assertThat(resumed).containsExactly("2 of 3");
  }

  @Test
  void anUploadOfOtherContentIsNeitherUsedNorAborted() throws Exception {
    driver.failsAt = "u1/2";
    assertThat(failure(process(), "abcdeFGHIJkl")).isEqualTo(Kind.UNAVAILABLE);
    put(process(), CONTENT);
    assertThat(driver.objects.get("p/a")).asString(StandardCharsets.US_ASCII).isEqualTo(CONTENT);
    assertThat(driver.uploads).containsOnlyKeys("u1");
    assertThat(driver.sent).endsWith("u2/0", "u2/1", "u2/2");
  }

  @Test
  void aCompletionWhoseAnswerIsLostIsSettledByAListing() throws Exception {
    driver.losesCompletion = true;
    put(process(), CONTENT);
    assertStored(CONTENT);
  }

  @Test
  void anExistingNameIsFoundBeforeAnythingIsSent() {
    driver.objects.put("p/a", new byte[1]);
    assertThat(failure(process(), CONTENT)).isEqualTo(Kind.ALREADY_EXISTS);
    assertThat(driver.sent).isEmpty();
    assertThat(driver.uploads).isEmpty();
  }

  @Test
  void anUploadWithARefusedSourceIsAborted() {
    ObjectSource good = Content.of(CONTENT.getBytes(StandardCharsets.US_ASCII));
    ObjectSource refused = new ObjectSource() {
      @Override
      public long lengthBytes() {
        return good.lengthBytes();
      }

      @Override
      public InputStream open(long offsetBytes) throws IOException {
        return good.open(offsetBytes);
      }

      @Override
      public Pass begin() {
        return new Pass() {
          @Override
          public void accept(byte[] bytes, int offset, int length) {
            // The end decides.
          }

          @Override
          public void approve() throws IOException {
            throw new IOException("other bytes than were captured");
          }
        };
      }
    };
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> put(process(), refused));
    assertThat(failure.kind()).isEqualTo(Kind.SOURCE_UNREADABLE);
    assertThat(driver.sent).as("the last part is held back").containsExactly("u1/0", "u1/1");
    assertThat(driver.uploads).isEmpty();
    assertThat(driver.objects).isEmpty();
  }

  @Test
  void withoutExclusiveCreatesTheNameIsLookedUpBeforeCompleting() {
    driver.exclusive = false;
    driver.onSend = () -> driver.objects.put("p/a", new byte[] {1});
    assertThat(failure(process(), CONTENT)).isEqualTo(Kind.ALREADY_EXISTS);
    assertThat(driver.objects.get("p/a")).containsExactly(1);
    assertThat(driver.uploads).isEmpty();
  }

  @Test
  void withoutExclusiveCreatesACompletedObjectThatAnotherWriterReplacedIsNotOurs() {
    driver.exclusive = false;
    driver.onComplete = () -> driver.objects.put("p/a", "klmnopqrstuv".getBytes(UTF_8));
    assertThat(failure(process(), CONTENT)).isEqualTo(Kind.ALREADY_EXISTS);
  }

  @Test
  void withoutExclusiveCreatesALostCompletionIsSettledAsWell() throws Exception {
    driver.exclusive = false;
    driver.losesCompletion = true;
    put(process(), CONTENT);
    assertStored(CONTENT);
  }
}
