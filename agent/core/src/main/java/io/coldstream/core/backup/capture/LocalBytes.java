package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.chunk.ChunkFacts;
import io.coldstream.eventstore.index.TableFacts;

/** Which bytes of this machine an object is made of. */
public sealed interface LocalBytes {

  /** {@return the file's name, for messages} */
  String fileName();

  /** {@return how many bytes they are} */
  long lengthBytes();

  /**
   * A small file that was read at capture, or made from what was captured.
   *
   * @param fileName the file's name
   * @param bytes its content; not to be changed
   */
  record InMemory(String fileName, byte[] bytes) implements LocalBytes {
    @Override
    public long lengthBytes() {
      return bytes.length;
    }
  }

  /**
   * A completed chunk: ends in an MD5 of its own.
   *
   * @param facts as captured
   */
  record Chunk(ChunkFacts facts) implements LocalBytes {
    @Override
    public String fileName() {
      return facts.name().toString();
    }

    @Override
    public long lengthBytes() {
      return facts.lengthBytes();
    }
  }

  /**
   * A table of the index: ends in an MD5 of its own.
   *
   * @param facts as captured
   */
  record Table(TableFacts facts) implements LocalBytes {
    @Override
    public String fileName() {
      return facts.name().guid();
    }

    @Override
    public long lengthBytes() {
      return facts.lengthBytes();
    }
  }

  /**
   * A bloom filter: carries no digest.
   *
   * @param file as captured
   */
  record Filter(BloomFile file) implements LocalBytes {
    @Override
    public String fileName() {
      return file.name();
    }

    @Override
    public long lengthBytes() {
      return file.lengthBytes();
    }
  }

  /**
   * A stretch of the active chunk.
   *
   * @param chunk as captured
   * @param fromBytes offset of the first byte in the file
   * @param toBytes offset behind the last one
   * @param sha256 what its bytes were when they were proved
   */
  record Segment(ActiveChunk chunk, long fromBytes, long toBytes, Sha256 sha256)
      implements LocalBytes {
    @Override
    public String fileName() {
      return chunk.facts().name().toString();
    }

    @Override
    public long lengthBytes() {
      return toBytes - fromBytes;
    }
  }
}
