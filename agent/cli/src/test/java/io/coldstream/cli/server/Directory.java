package io.coldstream.cli.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A directory: nobody listens, and no proxy can stand before it. */
record Directory(Path folder) implements StoreServer {

  static Directory make(Path folder) throws IOException {
    return new Directory(Files.createDirectories(folder));
  }

  @Override
  public URI address() {
    return folder.toUri();
  }

  @Override
  public String bucket() {
    return folder.getFileName().toString();
  }

  @Override
  public String repository(URI through) {
    return folder.resolve("database").toUri().toString();
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }
}
