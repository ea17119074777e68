package io.coldstream.core.copy;

/** Counts what the threads of a run copy. Thread-safe. */
final class CopyTally {

  private long objects;
  private long bytes;
  private long resumedObjects;
  private long resumedParts;

  /** Counts an object that this run created. */
  synchronized void sent(long lengthBytes) {
    objects++;
    bytes += lengthBytes;
  }

  /** Counts an object that resumed an earlier upload. */
  synchronized void resumed(int partsThere) {
    resumedObjects++;
    resumedParts += partsThere;
  }

  synchronized CopyReport.Sent soFar() {
    return new CopyReport.Sent(objects, bytes, resumedObjects, resumedParts);
  }
}
