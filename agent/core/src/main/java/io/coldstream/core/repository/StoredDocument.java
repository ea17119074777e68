package io.coldstream.core.repository;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.Optional;

/** Reads the JSON documents of a repository up to a size limit. */
public final class StoredDocument {

  private StoredDocument() {}

  /**
   * Turns bytes into a value.
   *
   * @param <T> the value
   */
  @FunctionalInterface
  public interface Decoder<T> {
    /**
     * Reads the bytes.
     *
     * @param bytes the document
     * @return the value
     * @throws FormatException when they are not what they must be
     */
    T read(byte[] bytes) throws FormatException;
  }

  /**
   * Reads a document.
   *
   * @param store where it is
   * @param name what it is called
   * @param maxBytes how long it can be; a longer one is damage, and is not read
   * @param decoder turns it into a value
   * @param <T> the value
   * @return the value
   * @throws StoreException when the store does not give it
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when it is not what it must be
   */
  public static <T> T read(ObjectStore store, ObjectName name, int maxBytes, Decoder<T> decoder)
      throws StoreException, RunException {
    try (ObjectContent content = store.read(name, ByteRange.WHOLE, Optional.empty())) {
      long lengthBytes = content.object().lengthBytes();
      if (lengthBytes > maxBytes) {
        throw new FormatException(name + ": is " + lengthBytes + " bytes long; such an object has"
            + " at most " + maxBytes);
      }
      byte[] bytes = new byte[(int) lengthBytes];
      content.stream().readNBytes(bytes, 0, bytes.length);
      return decoder.read(bytes);
    } catch (FormatException e) {
      throw new RunException(Kind.REPOSITORY_DAMAGED, e.getMessage(), e);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "reading " + name + ": " + e.getMessage(), e);
    }
  }
}
