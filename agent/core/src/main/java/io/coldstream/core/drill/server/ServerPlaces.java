package io.coldstream.core.drill.server;

import java.nio.file.Path;

/**
 * What a server of a drill is started with.
 *
 * @param database the restored database's directory
 * @param index the index's directory
 * @param logs a folder for the server's own log files
 * @param config a configuration file that makes the node a cluster of its own
 * @param port the port for HTTP, free on 127.0.0.1
 * @param replicationPort a second free port, for the server's internal connections
 * @param chunkSizeBytes the chunk size that it must work with
 * @param id names the drill
 */
public record ServerPlaces(
    Path database,
    Path index,
    Path logs,
    Path config,
    int port,
    int replicationPort,
    long chunkSizeBytes,
    String id) {

  /** The chunk size of a server that is told none. */
  public static final long DEFAULT_CHUNK_SIZE_BYTES = 256L << 20;

  /**
   * The same with other ports.
   *
   * @param http the port for HTTP
   * @param replication the second one
   * @return the places
   */
  public ServerPlaces withPorts(int http, int replication) {
    return new ServerPlaces(database, index, logs, config, http, replication, chunkSizeBytes, id);
  }
}
