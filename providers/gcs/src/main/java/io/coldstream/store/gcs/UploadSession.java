package io.coldstream.store.gcs;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * An unfinished upload of one object: its address, and the checksums that show whether what the store
 * has of it is still what the source holds. Used by nobody else while it is open. Used by one
 * thread at a time.
 */
interface UploadSession extends AutoCloseable {

  /** Its address: a secret. */
  String address();

  /** The object's whole length. */
  long lengthBytes();

  /** When it was begun. */
  Instant begun();

  /**
   * Notes what the object begins with, before those bytes are sent.
   *
   * @param bytes how many bytes, a multiple of {@link GcsSettings#GRAIN_BYTES}; those before it are
   *     noted already
   * @param crc32c their checksum
   */
  void note(long bytes, int crc32c);

  /**
   * What was noted last for so many bytes.
   *
   * @param bytes how many, from the first on
   * @return their checksum; empty where nothing was noted
   */
  OptionalInt noted(long bytes);

  /** There is nothing left to resume. */
  void forget();

  /** Leaves it to the next put of the object, unless it was forgotten. */
  @Override
  void close();
}
