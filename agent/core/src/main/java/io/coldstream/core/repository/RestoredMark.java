package io.coldstream.core.repository;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.support.json.FormatException;
import java.time.Instant;

/**
 * The file that a restore leaves in the database directory, so that the first backup of a clone is
 * refused.
 *
 * @param repositoryId the repository that it came from
 * @param sequence the backup that it came from
 * @param position the log position that it was restored to
 * @param takesOver whether it replaces the original
 * @param time when; for people
 */
public record RestoredMark(
    @JsonProperty("repository") String repositoryId,
    long sequence,
    long position,
    boolean takesOver,
    Instant time) {

  /** The file's name, in the database's directory. */
  public static final String FILE_NAME = "coldstream-restored.json";

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
   * @return what it says
   * @throws FormatException when it is not what it must be
   */
  public static RestoredMark read(byte[] bytes) throws FormatException {
    return DigestedJson.read(bytes, FILE_NAME, RestoredMark.class);
  }
}
