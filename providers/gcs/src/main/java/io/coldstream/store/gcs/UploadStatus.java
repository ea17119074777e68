package io.coldstream.store.gcs;

import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.ListedObject;

/** What the store says of an upload session. */
sealed interface UploadStatus {

  /**
   * It can be continued.
   *
   * @param bytes how many the store has, from the first on
   */
  record Persisted(long bytes) implements UploadStatus {}

  /**
   * The object is there.
   *
   * @param object what the store says of it
   */
  record Done(ListedObject object) implements UploadStatus {}

  /** There is no such session: it was used up, cancelled, or has expired. */
  record Gone() implements UploadStatus {}

  /**
   * It cannot become an object.
   *
   * @param why what the put fails with
   */
  record Refused(StoreException why) implements UploadStatus {}
}
