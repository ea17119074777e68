package io.coldstream.eventstore.files;

import io.coldstream.eventstore.Md5;
import java.io.IOException;
import java.util.Optional;

/**
 * A captured database file, with enough facts to check whether an open file is still the same
 * without reading its data. Immutable.
 */
public interface DatabaseFile {

  /** What a file of a database can be. */
  enum Kind {
    /** A completed chunk: never changes, ends in an MD5 ({@code database-files.md#s4-5}). */
    CHUNK(Folder.DATABASE, true),
    /** The chunk that the server appends to: its bytes below the captured end never change. */
    ACTIVE_CHUNK(Folder.DATABASE, false),
    /** A table of the index: never changes, ends in an MD5 ({@code database-files.md#s7-2}). */
    INDEX_TABLE(Folder.INDEX, true),
    /** The Bloom filter of a table: never changes, carries no digest. */
    BLOOM_FILTER(Folder.INDEX, false),
    /** The index map: begins with an MD5; read whole at capture. */
    INDEX_MAP(Folder.INDEX, false),
    /** A checkpoint: 8 bytes; read whole at capture. */
    CHECKPOINT(Folder.DATABASE, false);

    private final Folder folder;
    private final boolean endsInMd5;

    Kind(Folder folder, boolean endsInMd5) {
      this.folder = folder;
      this.endsInMd5 = endsInMd5;
    }

    /** {@return where files of this kind lie} */
    public Folder folder() {
      return folder;
    }

    /** {@return whether the last 16 bytes are the MD5 of all before them} */
    public boolean endsInMd5() {
      return endsInMd5;
    }
  }

  /** The two folders of a database. */
  enum Folder {
    /** Holds checkpoints and chunks. */
    DATABASE,
    /** Holds the index map and its tables. */
    INDEX
  }

  /** {@return what it is} */
  Kind kind();

  /** {@return its name in its folder} */
  String fileName();

  /** {@return how many bytes of it belong to the capture} */
  long lengthBytes();

  /** {@return the MD5 that the server wrote into it, for kinds that have one} */
  default Optional<Md5> md5() {
    return Optional.empty();
  }

  /** {@return its bytes, a new array each time, where they were read whole at capture} */
  default Optional<byte[]> content() {
    return Optional.empty();
  }

  /**
   * Compares an open file with what was captured. A file with {@link #content} is not opened again.
   *
   * @param file a file that was opened under this one's name
   * @return how it differs, as the end of a sentence; empty when it is the same file
   * @throws IOException when it cannot be read
   */
  default Optional<String> difference(OpenFile file) throws IOException {
    return Optional.empty();
  }
}
