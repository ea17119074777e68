package io.coldstream.store.local;

import java.io.IOException;
import java.time.Instant;

/** A file that passes everything on; a test overrides what it is about. */
abstract class DelegatingOutput implements FileOps.Output {

  private final FileOps.Output out;

  DelegatingOutput(FileOps.Output out) {
    this.out = out;
  }

  @Override
  public int read(byte[] bytes, int offset, int length, long position) throws IOException {
    return out.read(bytes, offset, length, position);
  }

  @Override
  public void write(byte[] bytes, int length, long position) throws IOException {
    out.write(bytes, length, position);
  }

  @Override
  public void cut(long position) throws IOException {
    out.cut(position);
  }

  @Override
  public boolean lock() throws IOException {
    return out.lock();
  }

  @Override
  public void date(Instant modified) throws IOException {
    out.date(modified);
  }

  @Override
  public void sync() throws IOException {
    out.sync();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
