package io.coldstream.store.cloud;

import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.OncePass;

/**
 * Creates objects that do not fit into one request, and continues those that an earlier put left
 * unfinished. {@link PartedPut} does it for stores that keep numbered parts of a named upload; a store
 * that works otherwise has its own. Thread-safe.
 */
public interface BigPut {

  /**
   * Creates an object, whole or not at all.
   *
   * @param request content and listener
   * @param object what is created
   * @param pass reads the content; closed by the caller
   * @return the object, its length compared with the content's
   * @throws StoreException as {@link io.coldstream.store.ObjectStore#put}; the caller puts a
   *     failure of the source first
   */
  StoredObject put(PutRequest request, NewObject object, OncePass pass) throws StoreException;
}
