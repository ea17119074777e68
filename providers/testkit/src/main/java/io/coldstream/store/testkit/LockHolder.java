package io.coldstream.store.testkit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Another process that has locked a file, until this is closed. */
public final class LockHolder implements AutoCloseable {

  private final Process process;

  /**
   * Starts it.
   *
   * @param file is there
   * @throws IOException when it does not get the lock
   */
  public LockHolder(Path file) throws IOException {
    process = new ProcessBuilder(List.of(
            Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LockHolder.class.getName(),
            file.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    if (process.getInputStream().read() != '+') {
      throw new IOException("the other process did not get its lock");
    }
  }

  /**
   * Locks a file, says so by a plus sign, and waits.
   *
   * @param args the file
   * @throws IOException when it cannot
   */
  public static void main(String[] args) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(channel.tryLock() == null ? '-' : '+');
      out.flush();
      ProcessEnd.await();
    }
  }

  @Override
  public void close() throws IOException {
    ProcessEnd.bringAbout(process);
  }
}
