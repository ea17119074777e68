package io.coldstream.cli.output;

import io.coldstream.core.repository.manifest.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * The size of a database's chunks, and how a server is told it: a server does not start on chunks of
 * another size than its own ({@code database-files.md#s13-chunk-size}).
 *
 * @param bytes bytes of data in a chunk
 */
public record ChunkSize(long bytes) {

  private static final long DEFAULT_BYTES = 256L << 20;

  /** {@return the size of a backup's chunks} */
  public static ChunkSize of(Manifest backup) {
    return new ChunkSize(backup.log().chunkSizeBytes());
  }

  /** {@return whether a server uses this size without being told} */
  private boolean isDefault() {
    return bytes == DEFAULT_BYTES;
  }

  /** {@return the option of the server's command line; nothing for the default} */
  public List<String> option() {
    return isDefault() ? List.of() : List.of("--chunk-size", Long.toString(bytes));
  }

  /** {@return the size for people, with the option} */
  public String text() {
    return Formats.size(bytes)
        + (isDefault() ? "" : " (start a server with " + String.join(" ", option()) + ")");
  }

  /** {@return what every start of a server on such chunks needs; nothing for the default} */
  public Optional<String> advice() {
    return isDefault()
        ? Optional.empty()
        : Optional.of("This database has chunks of " + bytes + " bytes, not of the default "
            + DEFAULT_BYTES + ", so every start of a server on it needs "
            + String.join(" ", option()) + ". In a configuration file that is ChunkSize: " + bytes
            + ", in the environment of a container KURRENTDB_CHUNK_SIZE=" + bytes
            + " (before 25.0 EVENTSTORE_CHUNK_SIZE=" + bytes + "). Without it the server exits with"
            + " code 1; it deletes nothing. Use 24.10 or newer: 23.10 prints the option but"
            + " ignores it, and 20.10 does not have it.");
  }
}
