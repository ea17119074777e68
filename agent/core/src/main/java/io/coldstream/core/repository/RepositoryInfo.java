package io.coldstream.core.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
public record RepositoryInfo(String id, Instant created, UUID databaseId) {

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
    ObjectNode node = DigestedJson.object();
    node.put("id", id);
    node.put("created", created.toString());
    node.put("database", databaseId.toString());
    return DigestedJson.write(node);
  }

  /**
   * Parses the JSON document.
   *
   * @param bytes its bytes
   * @return what it says
   * @throws FormatException when its format is not known, or it is not what it must be
   */
  public static RepositoryInfo read(byte[] bytes) throws FormatException {
    return DigestedJson.read(
        bytes,
        Layout.REPOSITORY.value(),
        fields -> new RepositoryInfo(
            fields.text("id"),
            Instant.parse(fields.text("created")),
            UUID.fromString(fields.text("database"))));
  }
}
