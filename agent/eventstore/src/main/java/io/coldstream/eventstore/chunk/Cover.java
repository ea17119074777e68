package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.files.FileEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which chunk files of a folder hold the log from 0 to its end, each in its latest version ({@code
 * database-files.md#s3-4}: one rule of 5.0 to 20.10, one of 21.10 to 26.1).
 *
 * <p>When the log ends at a chunk's start, no file of that number belongs to the cover. A cover is
 * what a listing and headers say; {@link CoverProof} proves the files themselves.
 *
 * @param chunkSizeBytes how many bytes of the log a chunk number stands for
 * @param chunks the files that hold the log, in its order
 * @param superseded files that a later version or a merged chunk replaces; the server deletes them
 * @param beyond files above the end of the log
 * @param leftOut entries that look like chunks and are none
 */
public record Cover(
    long chunkSizeBytes,
    List<ChunkFileName> chunks,
    List<ChunkFileName> superseded,
    List<ChunkFileName> beyond,
    List<LeftOut> leftOut) {

  static final String FOLDER = "database folder";

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException when there is no chunk in it
   */
  public Cover {
    chunks = List.copyOf(chunks);
    superseded = List.copyOf(superseded);
    beyond = List.copyOf(beyond);
    leftOut = List.copyOf(leftOut);
    if (chunkSizeBytes < 1 || chunks.isEmpty()) {
      throw new IllegalArgumentException("a cover of no chunk");
    }
  }

  /**
   * An entry that is not used, and why.
   *
   * @param name the entry's name
   * @param reason why it is not used, for the user
   */
  public record LeftOut(String name, String reason) {}

  /**
   * Chooses the cover.
   *
   * @param listing the database folder's entries
   * @param headers reads headers; asked once for every file that is considered
   * @param writer the end of the log
   * @return the cover
   * @throws DatabaseException of kind NOT_A_DATABASE when there is no log yet; naming the gap when
   *     a number is missing; naming both files where the rule of servers up to 20.10 and that of
   *     later ones choose differently
   * @throws IOException what reading a header threw, {@link java.nio.file.NoSuchFileException}
   *     among them: then the folder is to be listed again
   */
  public static Cover of(List<FileEntry> listing, HeaderLookup headers, long writer)
      throws IOException {
    List<LeftOut> leftOut = new ArrayList<>();
    List<ChunkFileName> names = names(listing, leftOut);
    if (names.isEmpty() || writer <= 0) {
      throw DatabaseException.notADatabase(
          FOLDER,
          "holds " + names.size() + " chunk files, the log ends at " + writer,
          "start the server once, or give the folder from its option --db");
    }
    CoverWalk walk = CoverWalk.over(names, headers, writer);
    return new Cover(
        walk.chunkSizeBytes(), walk.chosen(), walk.superseded(), walk.beyond(), leftOut);
  }

  private static List<ChunkFileName> names(List<FileEntry> listing, List<LeftOut> leftOut) {
    List<ChunkFileName> names = new ArrayList<>();
    for (FileEntry entry : listing) {
      String name = entry.name();
      if (ChunkFileName.isChunkUpTo2010(name)) {
        leftOut.add(new LeftOut(
            name,
            "is not a chunk since 21.10, but servers up to 20.10 read it as one: move it away"));
      } else if (ChunkFileName.looksLikeChunk(name)) {
        leftOut.add(new LeftOut(name, "does not have the name of a chunk"));
      } else if (ChunkFileName.parse(name).isPresent()) {
        if (entry.isFile()) {
          names.add(ChunkFileName.parse(name).get());
        } else {
          leftOut.add(new LeftOut(name, "has the name of a chunk, but is not a regular file"));
        }
      }
    }
    names.sort(null);
    return names;
  }

  static DatabaseException otherChunkSize(String file, ChunkHeader header, long chunkSizeBytes) {
    return DatabaseException.damaged(
        file,
        Invariant.I10,
        "has the chunk size " + header.chunkSizeBytes() + ", the other chunks have "
            + chunkSizeBytes);
  }
}
