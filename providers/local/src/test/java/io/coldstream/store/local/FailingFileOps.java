package io.coldstream.store.local;

import io.coldstream.store.testkit.Crash;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The real file system, of which the n-th operation fails. Nothing waits for the device, which these
 * tests cannot observe; that it is asked for is in the log. Used by one thread.
 */
final class FailingFileOps implements FileOps {

  /** How the operation fails. */
  enum How {
    /** With the exception, without its effect. */
    FAIL,
    /** The process dies before it. */
    CRASH_BEFORE,
    /** The process dies after it. */
    CRASH_AFTER
  }

  final List<String> log = new ArrayList<>();
  private final FileOps real = new DiskFileOps();
  private final int failing;
  private final How how;
  private final IOException exception;
  private boolean dead;
  private Optional<String> folderSync = Optional.empty();

  FailingFileOps(int failing, How how, IOException exception) {
    this.failing = failing;
    this.how = how;
    this.exception = exception;
  }

  /** One that never fails. */
  static FailingFileOps healthy() {
    return new FailingFileOps(Integer.MAX_VALUE, How.FAIL, new IOException());
  }

  /** A share that refuses to sync folders, each time. */
  FailingFileOps withoutFolderSync(String reason) {
    folderSync = Optional.of(reason);
    return this;
  }

  boolean happened() {
    return log.size() >= failing;
  }

  private interface Op<T> {
    T run() throws IOException;
  }

  private <T> T op(String what, Op<T> op) throws IOException {
    if (dead) {
      throw new Crash(what + " of a dead process");
    }
    log.add(what);
    if (log.size() != failing) {
      return op.run();
    }
    if (how == How.FAIL) {
      throw exception;
    }
    if (how == How.CRASH_AFTER) {
      op.run();
    }
    dead = true;
    throw new Crash(what);
  }

  private void effect(String what, Effect effect) throws IOException {
    op(what, () -> {
      effect.run();
      return what;
    });
  }

  private interface Effect {
    void run() throws IOException;
  }

  @Override
  public Optional<BasicFileAttributes> look(Path path) throws IOException {
    return op("look", () -> real.look(path));
  }

  @Override
  public boolean leadsToFolder(Path path) throws IOException {
    return op("leadsToFolder", () -> real.leadsToFolder(path));
  }

  @Override
  public Input read(Path file) throws IOException {
    Input input = op("read", () -> real.read(file));
    return new Input() {
      @Override
      public int read(byte[] bytes, int offset, int length, long position) throws IOException {
        return op("readBytes", () -> input.read(bytes, offset, length, position));
      }

      @Override
      public void close() throws IOException {
        input.close();
      }
    };
  }

  @Override
  public Output create(Path file) throws IOException {
    return failing(op("create", () -> real.create(file)));
  }

  @Override
  public Output reopen(Path file) throws IOException {
    return failing(op("reopen", () -> real.reopen(file)));
  }

  private Output failing(Output output) {
    return new Output() {
      @Override
      public int read(byte[] bytes, int offset, int length, long position) throws IOException {
        return op("readOld", () -> output.read(bytes, offset, length, position));
      }

      @Override
      public void write(byte[] bytes, int length, long position) throws IOException {
        if (log.size() + 1 == failing) {
          // A full disk takes some bytes before it takes no more.
          output.write(bytes, length / 2, position);
        }
        effect("write", () -> output.write(bytes, length, position));
      }

      @Override
      public void cut(long position) throws IOException {
        effect("cut", () -> output.cut(position));
      }

      @Override
      public boolean lock() throws IOException {
        return op("lock", output::lock);
      }

      @Override
      public void date(Instant modified) throws IOException {
        effect("date", () -> output.date(modified));
      }

      @Override
      public void sync() throws IOException {
        effect("sync", () -> {});
      }

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    effect("makeFolder", () -> real.makeFolder(folder));
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    effect("syncFolder", () -> {
      if (folderSync.isPresent()) {
        throw new IOException(folderSync.get());
      }
    });
  }

  @Override
  public void link(Path name, Path file) throws IOException {
    effect("link", () -> real.link(name, file));
  }

  @Override
  public void remove(Path path) throws IOException {
    effect("remove", () -> real.remove(path));
  }

  @Override
  public DirectoryStream<Path> names(Path folder) throws IOException {
    return op("names", () -> real.names(folder));
  }
}
