package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.KnownFiles;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.log.Lineage;
import java.util.List;
import java.util.Optional;

/**
 * The files that the newest manifest or this run has already stored. A bloom filter counts only by
 * the manifest, since it is digested again for its name.
 */
public final class KnownToRun implements KnownFiles {

  private final KnownFiles newest;
  private final Uploaded uploaded;

  /**
   * What a capture of a run need not keep open.
   *
   * @param newest what the newest manifest holds
   * @param uploaded what the run knows to be on the store
   */
  public KnownToRun(KnownFiles newest, Uploaded uploaded) {
    this.newest = newest;
    this.uploaded = uploaded;
  }

  @Override
  public List<Chunk> unknown(List<Chunk> completed) throws RunException {
    return newest.unknown(completed).stream().filter(chunk -> !isStored(chunk)).toList();
  }

  private boolean isStored(Chunk chunk) {
    return uploaded.find(Layout.of(chunk), chunk.lengthBytes()).isPresent();
  }

  @Override
  public boolean knows(DatabaseFile indexFile) throws RunException {
    return newest.knows(indexFile)
        || indexFile.md5().isPresent()
            && uploaded.find(Layout.of(indexFile), indexFile.lengthBytes()).isPresent();
  }

  @Override
  public Optional<Lineage> lineage() throws RunException {
    return newest.lineage();
  }
}
