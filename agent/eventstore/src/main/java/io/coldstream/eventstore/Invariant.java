package io.coldstream.eventstore;

/**
 * What must hold for a set of files that a server is to start on, numbered as in {@code
 * database-files.md#s12-1}, so that a report, a test and the text speak of the same thing.
 */
public enum Invariant {
  /** The end of the log. */
  I1("writer.chk holds 8 bytes and points to the end of a record, up to which all are whole"),
  /** The chunks below the last one. */
  I2("the latest chunk files hold the log from 0 without a gap, each of them completed"),
  /** The chunk that the end of the log lies in. */
  I3("the chunk at the end of the log is one unscavenged chunk that holds every byte below it"),
  /** What must not be there. */
  I4("there is no chunk file above the end of the log"),
  /** The other positions. */
  I5("chaser.chk is at or below writer.chk, epoch.chk is unset or the start of an epoch record"),
  /** No truncation pending. */
  I6("truncate.chk is unset"),
  /** The index. */
  I7("the index map and every table that it lists are intact and lie below chaser.chk"),
  /** The stream-existence filter. */
  I8("the stream-existence filter is absent, or at least as new as its checkpoint"),
  /** The databases inside the database. */
  I9("no secondary index and no scavenge state is newer than the log"),
  /** What the server must be able to read. */
  I10("every chunk has the same chunk size, a known format and a known transform"),
  /** Who owns the files. */
  I11("the server's user owns the files, and no server runs on them"),
  /** The server's own archive. */
  I12("the server's archive is in the same state, or not in use"),
  /** One cover. */
  I13("one complete cover of the log is chosen, the same by the rules of every server version");

  private final String meaning;

  Invariant(String meaning) {
    this.meaning = meaning;
  }

  /** {@return what must hold, as half a sentence} */
  public String meaning() {
    return meaning;
  }
}
