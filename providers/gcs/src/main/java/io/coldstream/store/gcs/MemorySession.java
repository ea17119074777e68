package io.coldstream.store.gcs;

import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A session that ends with this process. */
final class MemorySession implements UploadSession {

  private final String address;
  private final long lengthBytes;
  private final Instant begun;
  private final Consumer<MemorySession> keep;
  private int[] notes = new int[16];
  private int noted;
  private boolean forgotten;

  /**
   * A session.
   *
   * @param keep is given it when it is closed and was not forgotten
   */
  MemorySession(String address, long lengthBytes, Instant begun, Consumer<MemorySession> keep) {
    this.address = address;
    this.lengthBytes = lengthBytes;
    this.begun = begun;
    this.keep = keep;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public Instant begun() {
    return begun;
  }

  @Override
  public void note(long bytes, int crc32c) {
    int index = Math.toIntExact(bytes / GcsSettings.GRAIN_BYTES) - 1;
    if (index == notes.length) {
      notes = Arrays.copyOf(notes, notes.length + (notes.length >> 1));
    }
    notes[index] = crc32c;
    noted = index + 1;
  }

  @Override
  public OptionalInt noted(long bytes) {
    long index = bytes / GcsSettings.GRAIN_BYTES - 1;
    return bytes % GcsSettings.GRAIN_BYTES == 0 && index >= 0 && index < noted
        ? OptionalInt.of(notes[(int) index])
        : OptionalInt.empty();
  }

  @Override
  public void forget() {
    forgotten = true;
  }

  @Override
  public void close() {
    if (!forgotten) {
      keep.accept(this);
    }
  }
}
