package io.coldstream.store;

/** How an object is going to be used, from which an adapter chooses its storage class. */
public enum Placement {
  /** Small or read often: always the store's standard class. */
  STANDARD,
  /** Bulk that only a restore reads: the configured class, else the standard one. */
  BULK
}
