package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.eventstore.log.DescribedRecord;
import io.coldstream.eventstore.log.EventIdentity;
import java.time.Instant;
import java.util.Optional;

/**
 * A record of the log in {@code json-output.md}.
 *
 * @param position where it starts
 * @param time its time
 * @param stream the name of its stream; null if it is no event
 * @param eventNumber its number in the stream; null if it is no event, or a part of a transaction
 * @param eventType its type; null if it is no event
 */
public record RecordJson(
    long position,
    Instant time,
    @JsonInclude(Include.ALWAYS) Optional<String> stream,
    @JsonInclude(Include.ALWAYS) Optional<Long> eventNumber,
    @JsonInclude(Include.ALWAYS) Optional<String> eventType) {

  /**
   * Describes a record.
   *
   * @param record the record
   * @return the object
   */
  public static RecordJson of(DescribedRecord record) {
    Optional<EventIdentity> event = record.event();
    return new RecordJson(
        record.record().position(),
        record.record().timestamp(),
        event.map(EventIdentity::stream),
        event.filter(e -> e.number().isPresent()).map(e -> e.number().getAsLong()),
        event.map(EventIdentity::type));
  }
}
