package io.coldstream.store.cloud;

import io.coldstream.store.spi.OncePass;
import java.io.IOException;
import java.io.InputStream;

/**
 * The only section of a content.
 *
 * @param pass reads it
 */
record WholeBody(OncePass pass) implements SectionBody {

  @Override
  public int section() {
    return 0;
  }

  @Override
  public long lengthBytes() {
    return pass.lengthOf(0);
  }

  @Override
  public InputStream open() throws IOException {
    return pass.open(0);
  }

  @Override
  public InputStream openUnsent() throws IOException {
    return pass.openUnsent(0);
  }

  @Override
  public int crc32c() {
    return pass.checksum(0);
  }
}
