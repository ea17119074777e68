package io.coldstream.eventstore.log;

import java.util.OptionalLong;

/**
 * What names an event ({@code database-files.md#s5}, 5.0 to 26.1). The texts are as the server got
 * them, of any length, with any characters.
 *
 * @param stream the name of its stream
 * @param number its number in the stream; empty for a part of an explicit transaction, whose commit
 *     record has it; {@link
 *     PrepareRecord#DELETED} for a tombstone
 * @param type its type
 */
public record EventIdentity(String stream, OptionalLong number, String type) {

  static EventIdentity of(EventRecord event) {
    PrepareRecord prepare = event.prepare();
    return new EventIdentity(
        prepare.stream().text(),
        prepare.isCommitted() ? OptionalLong.of(prepare.number()) : OptionalLong.empty(),
        event.type());
  }
}
