package io.coldstream.store.cloud;

/** What became of an unfinished upload that was to be removed. */
public enum UploadEnd {
  /** It is gone. */
  REMOVED,
  /** It is there, and only the store can remove it, which it does later. */
  EXPIRES,
  /** It is not an upload, or a process is filling it. */
  NONE
}
