package io.coldstream.cli.output;

import io.coldstream.eventstore.log.CommitRecord;
import io.coldstream.eventstore.log.DescribedRecord;
import io.coldstream.eventstore.log.EventIdentity;
import io.coldstream.eventstore.log.SystemRecord;

/** Formats a record of the log as text. */
public final class RecordText {

  /** Of a name that is longer only the beginning is shown. */
  private static final int MAX_NAME_COLUMNS = 60;

  private RecordText() {}

  /**
   * A record with its position and its time.
   *
   * @param record the record
   * @return one line, whatever its names hold; its time can be given to {@code --at}
   */
  public static String line(DescribedRecord record) {
    return "position " + Formats.position(record.record().position()) + " of "
        + Formats.exact(record.record().timestamp()) + ": " + what(record);
  }

  private static String what(DescribedRecord record) {
    if (record.record() instanceof CommitRecord) {
      return "the end of a transaction";
    }
    if (record.record() instanceof SystemRecord) {
      return "the beginning of an epoch";
    }
    return record.event().map(RecordText::event).orElse("an event");
  }

  /**
   * An event.
   *
   * @param event what names it
   * @return its stream, its number and its type
   */
  public static String event(EventIdentity event) {
    String stream = name(event.stream());
    String type = name(event.type());
    if (event.number().isEmpty()) {
      return "a part of a transaction in " + stream + ", type " + type;
    }
    return event.number().getAsLong() == Long.MAX_VALUE
        ? "the deletion of " + stream
        : stream + "@" + event.number().getAsLong() + ", type " + type;
  }

  /**
   * A name that a client of the database chose.
   *
   * @param name of any length, with any characters
   * @return its beginning, printable
   */
  public static String name(String name) {
    return Columns.cut(Printable.line(name), MAX_NAME_COLUMNS);
  }
}
