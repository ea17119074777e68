package io.coldstream.core.drill.events;

import io.coldstream.core.repository.manifest.Sha256;
import java.util.UUID;

/**
 * An event as the restored files hold it.
 *
 * @param position where its record starts in the log
 * @param stream its stream
 * @param number its number in the stream
 * @param id the id that its writer gave it
 * @param type its type
 * @param json whether its data is JSON
 * @param data the digest of its data
 */
public record LoggedEvent(
    long position, String stream, long number, UUID id, String type, boolean json, Sha256 data) {

  private static final String LINK = "$>";
  private static final String METADATA = "$$";

  /** {@return whether a server may answer with the event that it links to} */
  boolean isLink() {
    return type.equals(LINK);
  }

  /**
   * Whether it can be asked for by its stream. A slash in a name splits a URL; of metadata a stream
   * shows only the newest.
   *
   * @return false for such streams
   */
  boolean hasPlainStream() {
    return !stream.isEmpty() && !stream.contains("/") && !stream.startsWith(METADATA);
  }

  /** {@return what it is called in a message} */
  public String text() {
    return "event " + number + " of stream " + stream;
  }
}
