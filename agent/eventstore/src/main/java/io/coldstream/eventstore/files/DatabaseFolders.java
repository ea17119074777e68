package io.coldstream.eventstore.files;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The two folders of a database; the index folder may lie elsewhere ({@code database-files.md#s1},
 * 26.1, options {@code --db} and {@code --index}).
 *
 * @param database where checkpoints and chunks lie
 * @param index where the index map and its tables lie
 */
public record DatabaseFolders(Path database, Path index) {

  /** The name of the index folder where no other was chosen. */
  public static final String DEFAULT_INDEX_NAME = "index";

  /**
   * Checks the folders.
   *
   * @throws IllegalArgumentException when both are the same, which the server refuses too
   */
  public DatabaseFolders {
    if (database.toAbsolutePath().normalize().equals(index.toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "the index folder must not be the database folder: " + database);
    }
  }

  /**
   * Where a file of the database lies.
   *
   * @param file the file
   * @return its path
   */
  public Path path(DatabaseFile file) {
    return (file.kind().folder() == DatabaseFile.Folder.INDEX ? index : database)
        .resolve(file.fileName());
  }

  /**
   * The folders as the server's two options name them.
   *
   * @param database the database folder
   * @param index the index folder, where it is not the default
   * @return the folders
   */
  public static DatabaseFolders of(Path database, Optional<Path> index) {
    return new DatabaseFolders(
        database, index.orElseGet(() -> database.resolve(DEFAULT_INDEX_NAME)));
  }
}
