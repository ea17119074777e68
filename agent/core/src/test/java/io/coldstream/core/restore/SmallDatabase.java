package io.coldstream.core.restore;

import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Databases of a few kilobytes, for tests that restore hundreds of times. */
public final class SmallDatabase {

  private SmallDatabase() {}

  /** A database with several chunks, an active one, tables and filters. */
  public static DatabaseSet make() {
    return model(7, 400).snapshot();
  }

  /** A server in memory that has gone some way. */
  public static WriterModel model(long seed, int steps) {
    WriterModel model =
        new WriterModel(WriterModel.Settings.of(Profile.V26_1, seed).steady());
    model.run(steps);
    return model;
  }

  /** What a disk holds of a database. */
  public static DatabaseSet read(Disk disk, Path database, Path index) throws IOException {
    return new DatabaseSet(files(disk, database), files(disk, index));
  }

  private static NavigableMap<String, byte[]> files(Disk disk, Path folder) throws IOException {
    NavigableMap<String, byte[]> found = new TreeMap<>();
    if (disk.look(folder).isPresent()) {
      for (DiskEntry entry : disk.list(folder)) {
        if (entry.isFile()) {
          found.put(entry.name(), disk.read(folder.resolve(entry.name()), 1 << 24));
        }
      }
    }
    return found;
  }
}
