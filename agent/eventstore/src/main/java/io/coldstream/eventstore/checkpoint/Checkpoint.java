package io.coldstream.eventstore.checkpoint;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.files.DatabaseFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The value of a checkpoint file: a position in the log, or a number for {@code proposal.chk}.
 *
 * @param name which checkpoint
 * @param position the value, 0 or more; empty means unset, for those that can be
 */
public record Checkpoint(CheckpointName name, OptionalLong position) implements DatabaseFile {

  /** How long every checkpoint file is ({@code database-files.md#s2}, 5.0 to 26.1). */
  public static final int LENGTH_BYTES = 8;

  /** What stands in the file when the value is unset (the same place). */
  private static final long UNSET = -1;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException when it is negative, or unset where that cannot be
   */
  public Checkpoint {
    if (position.isPresent() ? position.getAsLong() < 0 : !name.canBeUnset()) {
      throw new IllegalArgumentException(name.fileName() + " with position " + position);
    }
  }

  /**
   * A checkpoint that is set.
   *
   * @param name which checkpoint
   * @param position its value, 0 or more
   * @return the checkpoint
   */
  public static Checkpoint at(CheckpointName name, long position) {
    return new Checkpoint(name, OptionalLong.of(position));
  }

  /**
   * A checkpoint that is unset.
   *
   * @param name which checkpoint, one that can be unset
   * @return the checkpoint
   */
  public static Checkpoint unset(CheckpointName name) {
    return new Checkpoint(name, OptionalLong.empty());
  }

  /**
   * Reads a file's content.
   *
   * @param name which checkpoint
   * @param bytes the whole content
   * @return the checkpoint
   * @throws DatabaseException when there are not 8 bytes, or they hold what cannot be
   */
  public static Checkpoint fromBytes(CheckpointName name, byte[] bytes) throws DatabaseException {
    if (bytes.length != LENGTH_BYTES) {
      throw wrongLength(name, bytes.length);
    }
    long value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (value == UNSET && name.canBeUnset()) {
      return unset(name);
    }
    if (value < 0) {
      throw DatabaseException.damaged(name.fileName(), name.invariant(), "holds " + value);
    }
    return at(name, value);
  }

  /** {@return the content of its file: 8 bytes, little-endian} */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(position.orElse(UNSET))
        .array();
  }

  @Override
  public Kind kind() {
    return Kind.CHECKPOINT;
  }

  @Override
  public String fileName() {
    return name.fileName();
  }

  @Override
  public long lengthBytes() {
    return LENGTH_BYTES;
  }

  @Override
  public Optional<byte[]> content() {
    return Optional.of(bytes());
  }

  static DatabaseException wrongLength(CheckpointName name, long lengthBytes) {
    return DatabaseException.damaged(
        name.fileName(),
        name.invariant(),
        "is " + lengthBytes + " bytes long, not " + LENGTH_BYTES);
  }
}
