package io.coldstream.eventstore.log;

import java.util.Optional;

/**
 * A record with the name of its event.
 *
 * @param record the record
 * @param event what names its event; empty for a record of another kind
 */
public record DescribedRecord(LogRecord record, Optional<EventIdentity> event) {}
