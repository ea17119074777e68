package io.coldstream.core.doctor;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;

/**
 * The store in the ways in which a doctor opens it.
 *
 * @param store as backups use it, retrying included; not closed here
 * @param inParts opens it with small parts; the doctor closes what it opened
 * @param breaking the same without retrying, so that a put can be broken off
 * @param partBytes the length of a small part
 */
public record DoctorStores(ObjectStore store, Opener inParts, Opener breaking, long partBytes) {

  /** Opens a store. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens it.
     *
     * @return a store, to be closed
     * @throws StoreException when its settings are wrong
     */
    ObjectStore open() throws StoreException;
  }
}
