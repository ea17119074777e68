package io.coldstream.store.testkit;

import io.coldstream.store.ObjectStore;

/** What a test class of an adapter or decorator gives to the contract. */
public interface StoreUnderTest {

  /**
   * Opens a store on a prefix in a place of this test method's own (JUnit makes an instance of the
   * test class for each method), in which nothing is stored at first. Two stores opened on the same
   * prefix see the same objects. The place's own name is short: at most 20 bytes, so that the longest
   * names fit after it on every provider.
   *
   * @param prefix components joined by a slash
   * @return the store; the contract closes it
   * @throws Exception when it cannot be opened; fails the test
   */
  ObjectStore open(String prefix) throws Exception;

  /**
   * Opens the store that most tests use.
   *
   * @return the store; the contract closes it
   * @throws Exception when it cannot be opened
   */
  default ObjectStore open() throws Exception {
    return open("p");
  }

  /**
   * The length from which one more byte needs another part.
   *
   * @return the part size that the store was opened with; of stores without parts, anything
   */
  default long partSizeBytes() {
    return 64 << 10;
  }

  /**
   * Opens a store that sends parts of another size, on the same place.
   *
   * @param prefix as for {@link #open(String)}
   * @param partSizeBytes the size; of stores without parts, nothing
   * @return the store; the contract closes it
   * @throws Exception when it cannot be opened
   */
  default ObjectStore openWithPartSize(String prefix, long partSizeBytes) throws Exception {
    return open(prefix);
  }

  /**
   * Whether a put resumes one of a process that died.
   *
   * @return false for a store that always starts from scratch
   */
  default boolean resumes() {
    return true;
  }
}
