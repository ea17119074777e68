package io.coldstream.store.cloud;

/** What became of an unfinished upload that was to be removed. */
public enum UploadEnd {
  /** It is gone. */
  REMOVED,
  /** It is there, and only the store can remove it, which it does in time. */
  EXPIRES,
  /** It is none, or somebody is filling it. */
  NONE
}
