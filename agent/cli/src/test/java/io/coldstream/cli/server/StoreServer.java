package io.coldstream.cli.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A store to send to. Closing it ends the process that it has, unless that ends with this one. */
public interface StoreServer extends AutoCloseable {

  /** Where it listens: scheme, host and port. */
  URI address();

  /** The bucket or container that it has. */
  String bucket();

  /**
   * The one repository in it, empty at first.
   *
   * @param through where to connect to: its own address, or that of a proxy before it
   * @return the URL, settings included
   */
  String repository(URI through);

  /** The credentials for it. */
  Map<String, String> environment();

  /** What it has used so far; not a number where that cannot be seen. */
  default double cpuSeconds() throws IOException {
    return Double.NaN;
  }

  @Override
  default void close() throws IOException {}

  /**
   * Starts a server.
   *
   * @param name the scheme of its URLs: s3, az, gs or file; or versitygw, for S3 on the disk
   * @param folder for its files, where it has any; removed by the caller
   * @return the running server, with a bucket in it
   * @throws IOException when it does not start
   */
  static StoreServer start(String name, Path folder) throws IOException {
    return switch (name) {
      case "s3" -> S3ProxyServer.start();
      case "file" -> Directory.make(folder);
      case "versitygw" -> new VersitygwServer();
      case "az" -> new AzuriteServer();
      case "gs" -> GcsProcessServer.start(folder);
      default -> throw new IOException("no server for " + name);
    };
  }
}
