package io.coldstream.store.s3;

import io.coldstream.store.cloud.SectionBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The body of an answer. Closing it before its end cuts the connection instead of reading the rest.
 */
final class S3Body extends FilterInputStream {

  private static final String BYTES = "application/octet-stream";

  private final ResponseInputStream<?> answer;
  private boolean ended;

  S3Body(ResponseInputStream<?> answer) {
    super(answer);
    this.answer = answer;
  }

  /** The body of a request. The SDK may open it again. */
  static RequestBody of(SectionBody body) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return body.open();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        body.lengthBytes(),
        BYTES);
  }

  @Override
  public int read() throws IOException {
    int read = answer.read();
    ended = read < 0;
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = answer.read(bytes, offset, length);
    ended = read < 0;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      answer.close();
    } else {
      answer.abort();
    }
  }
}
