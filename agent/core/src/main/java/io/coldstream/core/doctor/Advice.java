package io.coldstream.core.doctor;

/** What several checks advise. */
final class Advice {

  /** The store's create-only is none. */
  static final String UNFIT =
      "UNFIT FOR TWO WRITERS: use another store, or make sure that one agent"
          + " alone ever writes here";

  /** The store changes what it is sent. */
  static final String FRAMING = "do not back up to this store as it is set up; where it is an"
      + " S3-compatible one, try checksums=when-required (it may keep the framing of checksum"
      + " trailers as content)";

  /** Nothing known to read. */
  static final String NOTHING_TO_READ =
      "there is nothing known to read; run the doctor as the writer first (--expect writer)";

  private Advice() {}
}
