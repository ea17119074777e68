package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.log.Lineage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What earlier captures held, with its bytes: stands for a repository and its newest manifest. */
final class RememberedFiles implements KnownFiles {

  private final Map<Object, byte[]> bytes = new HashMap<>();
  private Optional<Lineage> lineage = Optional.empty();

  void remember(Object file, byte[] content) {
    bytes.put(file, content);
  }

  void remember(Lineage newest) {
    lineage = Optional.of(newest);
  }

  Optional<byte[]> bytes(Object file) {
    return Optional.ofNullable(bytes.get(file));
  }

  @Override
  public List<Chunk> unknown(List<Chunk> completed) {
    return completed.stream().filter(chunk -> !bytes.containsKey(chunk)).toList();
  }

  @Override
  public boolean knows(DatabaseFile indexFile) {
    return bytes.containsKey(indexFile);
  }

  @Override
  public Optional<Lineage> lineage() {
    return lineage;
  }
}
