package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.chunk.ChunkFacts;
import io.coldstream.eventstore.index.TableFacts;
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
  public List<ChunkFacts> unknown(List<ChunkFacts> completed) {
    return completed.stream().filter(chunk -> !bytes.containsKey(chunk)).toList();
  }

  @Override
  public boolean knows(TableFacts table) {
    return bytes.containsKey(table);
  }

  @Override
  public boolean knows(BloomFile filter) {
    return bytes.containsKey(filter);
  }

  @Override
  public Optional<Lineage> lineage() {
    return lineage;
  }
}
