package io.coldstream.core.repository;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.support.json.FormatException;
import java.time.Instant;
import java.util.UUID;

/**
 * The content of {@code coldstream.json}.
 *
 * @param id the repository's own id, 26 random characters
 * @param created when it was made; for people
 * @param databaseId the database that it belongs to: id of the log's first epoch record
 */
public record RepositoryInfo(
    String id, Instant created, @JsonProperty("database") UUID databaseId) {

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException when it is not 26 lower-case letters and digits
   */
  public RepositoryInfo {
    if (!id.matches("[0-9a-z]{26}")) {
      throw new IllegalArgumentException("repository id is malformed");
    }
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
   * @return what it says
   * @throws FormatException when its format is not known, or it is not what it must be
   */
  public static RepositoryInfo read(byte[] bytes) throws FormatException {
    return DigestedJson.read(bytes, Layout.REPOSITORY.value(), RepositoryInfo.class);
  }
}
