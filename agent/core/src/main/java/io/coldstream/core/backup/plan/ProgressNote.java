package io.coldstream.core.backup.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.store.ObjectName;
import java.util.List;

/**
 * The objects that a run has uploaded since its last note: {@code progress/<run>/<n>.json}.
 *
 * @param stored objects that are in no manifest yet, with their digests
 */
public record ProgressNote(@JsonProperty("objects") List<StoredBytes> stored) {

  /** A longer one is not read. */
  static final int MAX_BYTES = 1 << 20;

  /** With the longest usual names, so many objects take half of that. */
  public static final int MAX_OBJECTS = 2000;

  public ProgressNote {
    stored = List.copyOf(stored);
  }

  /**
   * Writes the JSON document.
   *
   * @return its bytes
   */
  public byte[] bytes() {
    return DigestedJson.write(this);
  }

  /**
   * Parses the JSON document.
   *
   * @param bytes its bytes
   * @param name its name, for messages
   * @return what it says
   * @throws FormatException when its format is not known, or it is not what it must be
   */
  static ProgressNote read(byte[] bytes, ObjectName name) throws FormatException {
    return DigestedJson.read(bytes, name.value(), ProgressNote.class);
  }
}
