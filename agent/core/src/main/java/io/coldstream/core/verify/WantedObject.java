package io.coldstream.core.verify;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import java.util.Optional;

/**
 * An object that backups need.
 *
 * @param stored its name, length and digest
 * @param file the file that it holds whole; empty when it holds a part of one
 * @param firstBackup the oldest backup that was met and needs it
 * @param lastBackup the newest one
 */
record WantedObject(
    StoredBytes stored, Optional<FileEntry> file, long firstBackup, long lastBackup) {

  /** The same, needed by another backup too. */
  WantedObject alsoIn(long sequence) {
    return new WantedObject(
        stored, file, Math.min(firstBackup, sequence), Math.max(lastBackup, sequence));
  }
}
