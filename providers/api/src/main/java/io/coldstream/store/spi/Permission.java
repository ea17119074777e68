package io.coldstream.store.spi;

/** What an identity must be allowed to do so that a verb of the port works. */
public enum Permission {
  /** Listing and looking up, of which object exists. */
  LIST,
  /** Reading an object's bytes. */
  READ,
  /** Creating an object in one request. */
  CREATE,
  /** Creating one in parts: beginning, sending, finding again what is there, giving up. */
  CREATE_IN_PARTS,
  /** Removing objects. */
  DELETE,
  /** Finding and removing what interrupted puts left behind. */
  SWEEP,
  /** Using the key that objects are encrypted under, where one is configured. */
  USE_KEY
}
