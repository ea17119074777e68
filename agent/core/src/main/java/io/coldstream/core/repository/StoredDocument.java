package io.coldstream.core.repository;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.json.Json;
import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads the JSON documents of a repository up to a size limit, and creates manifests. */
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

  /**
   * Creates a document, only if there is none of its name. After a lost answer the store is asked.
   *
   * @param store where it is to be
   * @param name what it is called
   * @param bytes its content
   * @return whether it is there now; false when another one has its name
   * @throws RunException what the store's failure means; after {@link Kind#STORE_UNAVAILABLE} the
   *     document is either complete or absent
   */
  public static boolean create(ObjectStore store, ObjectName name, byte[] bytes)
      throws RunException {
    try {
      store.put(new PutRequest(name, Content.of(bytes), Placement.STANDARD));
      return true;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ALREADY_EXISTS
          && e.kind() != StoreException.Kind.UNAVAILABLE) {
        throw RunException.of(e);
      }
      return isThere(store, name, bytes, e);
    }
  }

  /** After a lost answer, or one that says "exists": reads the object that exists. */
  private static boolean isThere(
      ObjectStore store, ObjectName name, byte[] bytes, StoreException failure)
      throws RunException {
    try {
      return read(store, name, Json.MAX_BYTES, found -> Arrays.equals(found, bytes));
    } catch (StoreException e) {
      failure.addSuppressed(e);
      throw RunException.of(failure);
    }
  }
}
