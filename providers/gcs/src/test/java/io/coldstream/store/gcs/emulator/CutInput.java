package io.coldstream.store.gcs.emulator;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends early: as if it were whole, or by hanging up. */
final class CutInput extends FilterInputStream {

  private final boolean drops;
  private long left;

  CutInput(InputStream body, long bytes, boolean drops) {
    super(body);
    this.left = bytes;
    this.drops = drops;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0 && length > 0) {
      if (drops) {
        throw new Dropped();
      }
      return -1;
    }
    int n = super.read(bytes, offset, (int) Math.min(left, length));
    left -= Math.max(n, 0);
    return n;
  }
}
