package io.coldstream.eventstore;

/**
 * What must hold for a set of files that a server is to start on, numbered as in {@code
 * database-files.md#s12-1}, so that a report, a test and the text speak of the same thing.
 */
public enum Invariant {
  /** The end of the log. */
  I1("writer.chk has 8 bytes and points to the end of a record, and all records below it are"
      + " complete"),
  I2("the latest chunk files hold the log from 0 without a gap, and each is completed"),
  I3("the last chunk is not scavenged and holds every byte up to the end of the log"),
  I4("there is no chunk file above the end of the log"),
  /** The other positions. */
  I5("chaser.chk is at or below writer.chk, and epoch.chk is unset or points to an epoch record"),
  I6("truncate.chk is unset"),
  I7("the index map and every table that it lists are intact and end below chaser.chk"),
  I8("the stream-existence filter is absent, or at least as new as its checkpoint"),
  I9("no secondary index and no scavenge state is newer than the log"),
  I10("every chunk has the same chunk size, a known format and a known transform"),
  I11("the server's user owns the files, and no server runs on them"),
  I12("the server's archive is in the same state, or not in use"),
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
