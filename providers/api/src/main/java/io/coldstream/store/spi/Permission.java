package io.coldstream.store.spi;

/** What an identity must be allowed to do so that a verb of the port works. */
public enum Permission {
  /** Listing objects, and asking whether an object exists. */
  LIST,
  /** Reading an object's bytes. */
  READ,
  /** Creating an object in one request. */
  CREATE,
  /** Creating an object in parts: beginning, sending, listing the parts of an upload, aborting. */
  CREATE_IN_PARTS,
  /** Creating an object with a lock, and making its lock longer. */
  LOCK,
  /** Asking until when an object is locked. */
  READ_LOCK,
  /** Removing objects. */
  DELETE,
  /** Finding and removing the unfinished uploads that interrupted puts left behind. */
  REMOVE_UNFINISHED_UPLOADS,
  /** Using the encryption key of new objects, where one is configured. */
  USE_KEY
}
