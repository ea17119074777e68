package io.coldstream.store.spi;

import java.util.List;

/**
 * How a person reads an object without Coldstream, for {@code RESTORE.txt}.
 *
 * @param title the kind of store, and the tool that is needed; ASCII, without a colon at its end
 * @param commands lines of a POSIX shell that define {@code get}, which writes the object whose name it
 *     is given to its standard output, or fails; ASCII
 */
public record ManualRead(String title, List<String> commands) {

  /** Copies the list. */
  public ManualRead {
    commands = List.copyOf(commands);
  }
}
