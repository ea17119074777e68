package io.coldstream.core.support.events;

/** The steps of a run, in order. */
public enum Step {
  /** Reading and proving the database's state. */
  CAPTURE,
  /** Comparing it with what the repository has. */
  PLAN,
  /** Sending the checkpoints. */
  UPLOAD_CHECKPOINTS,
  /** Sending the index. */
  UPLOAD_INDEX,
  /** Sending the chunks. */
  UPLOAD_CHUNKS,
  /** Sending the pages and the manifest. */
  COMMIT,
  /** Looking at the target of a restore. */
  PREFLIGHT,
  /** Fetching the files of a backup. */
  DOWNLOAD,
  /** Copying objects to another place. */
  COPY,
  /** Putting files and checkpoints in place. */
  /** Putting files and checkpoints in place. */
  ARRANGE,
  /** Choosing the events that a server must answer. */
  SAMPLE,
  /** Starting a server on the restored database, until it is ready. */
  START_SERVER,
  /** Comparing the server's answers. */
  COMPARE,
  /** Stopping the server. */
  STOP_SERVER,
  /** Removing backups and objects. */
  PRUNE,
  /** Extending locks. */
  LOCK,
  /** Checking what is on the store. */
  VERIFY,
  /** Trying out what the store can do. */
  EXAMINE
}
