package io.coldstream.cli.settings;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Standard output that remembers its first write failure. Nothing is written after the first
 * failure.
 */
public final class ResultStream extends PrintStream {

  private static final Path DESCRIPTOR = Path.of("/dev/fd/1");
  private static final int TYPE_OF_FILE = 0xF000;
  private static final int FIFO = 0x1000;
  private static final int SOCKET = 0xC000;

  private final transient FirstFailure failure;
  private final boolean reader;

  /** Passes bytes on until one write fails. */
  private static final class FirstFailure extends OutputStream {
    private final OutputStream to;
    private IOException met;

    FirstFailure(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      require();
      try {
        to.write(bytes, offset, length);
      } catch (IOException e) {
        met = e;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      require();
      to.flush();
    }

    private void require() throws IOException {
      if (met != null) {
        throw new IOException("an earlier write failed", met);
      }
    }
  }

  /**
   * A stream of results.
   *
   * @param to where the bytes go
   * @param charset how characters are written
   * @param reader whether another process reads them, from a pipe or socket: a write then fails
   *     because that process has ended or read enough
   */
  public ResultStream(OutputStream to, Charset charset, boolean reader) {
    this(new FirstFailure(to), charset, reader);
  }

  private ResultStream(FirstFailure failure, Charset charset, boolean reader) {
    super(new BufferedOutputStream(failure), false, charset);
    this.failure = failure;
    this.reader = reader;
  }

  /**
   * Writes out what is buffered.
   *
   * @return why not everything has been written; empty when it has
   */
  public Optional<IOException> failure() {
    flush();
    return Optional.ofNullable(failure.met);
  }

  /** {@return whether a failure means that the reader at the other end has gone} */
  public boolean hasReader() {
    return reader;
  }

  /** {@return standard output of this process} */
  static ResultStream ofProcess() {
    return new ResultStream(new FileOutputStream(FileDescriptor.out), charset(), isPipe());
  }

  /** What {@code System.out} uses; the name of the property changed with the versions of Java. */
  private static Charset charset() {
    String former =
        System.getProperty("sun.stdout.encoding", Charset.defaultCharset().name());
    return Charset.forName(System.getProperty("stdout.encoding", former));
  }

  // The text of the failure does not tell: it is in the language of the system.
  private static boolean isPipe() {
    try {
      int type = (int) Files.getAttribute(DESCRIPTOR, "unix:mode") & TYPE_OF_FILE;
      return type == FIFO || type == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}
