package io.coldstream.store.local;

import io.coldstream.store.SweepResult;
import io.coldstream.store.disk.ForeignNames;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes unfinished files older than a limit on which nobody works, and the old folders that held
 * nothing else.
 */
final class Sweep {

  private final FileOps ops;
  private final Instant limit;
  private int count;

  private Sweep(FileOps ops, Instant limit) {
    this.ops = ops;
    this.limit = limit;
  }

  static SweepResult of(FileOps ops, Path folder, Instant limit) throws IOException {
    Sweep sweep = new Sweep(ops, limit);
    sweep.walk(folder);
    return new SweepResult(sweep.count, sweep.count);
  }

  private void walk(Path folder) throws IOException {
    try (DirectoryStream<Path> names = ops.names(folder)) {
      for (Path path : names) {
        if (ForeignNames.contains(path.getFileName().toString())) {
          continue;
        }
        Optional<BasicFileAttributes> there = ops.look(path);
        if (there.isPresent() && there.get().isDirectory()) {
          // Read before the walk, which changes it.
          boolean old = isOld(there.get());
          walk(path);
          if (old) {
            removeIfEmpty(path);
          }
        } else if (there.isPresent() && isOld(there.get())) {
          removeIfFree(path, there.get());
        }
      }
    } catch (NoSuchFileException e) {
      // A put finished, or another sweep was faster.
      return;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void removeIfFree(Path path, BasicFileAttributes there) throws IOException {
    if (!there.isRegularFile()) {
      remove(path);
      return;
    }
    Optional<WorkFile> taken;
    try {
      taken = WorkFile.take(ops, path);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // Another user's, or on a file system without locks: its age has to do.
      remove(path);
      return;
    }
    if (taken.isPresent()) {
      try (WorkFile held = taken.get()) {
        remove(held.path());
      }
    }
  }

  private void remove(Path path) throws IOException {
    ops.remove(path);
    count++;
  }

  private boolean isOld(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().toInstant().isBefore(limit);
  }

  private void removeIfEmpty(Path folder) throws IOException {
    try {
      ops.remove(folder);
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // In use, or gone already.
      return;
    }
  }
}
