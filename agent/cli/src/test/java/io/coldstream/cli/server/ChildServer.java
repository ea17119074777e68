package io.coldstream.cli.server;

import io.coldstream.store.testkit.ProcessEnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java program of this class path that serves: it prints one line that begins with its address, and
 * ends with its standard input, and therefore with the process that started it, whatever becomes of
 * that.
 */
final class ChildServer implements AutoCloseable {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** Ticks of /proc/…/stat in a second (sysconf(_SC_CLK_TCK)): 100 on every Linux of today. */
  private static final double TICKS = 100;

  private final Process process;
  private final String[] told;

  private ChildServer(Process process, String[] told) {
    this.process = process;
    this.told = told;
  }

  static ChildServer start(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(
        List.of(JAVA, "-Xmx6g", "-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("http://")) {
        return new ChildServer(process, line.split(" "));
      }
    }
    throw new IOException(program.getSimpleName() + " did not start");
  }

  /** A word of the line that it printed. */
  String told(int word) {
    return told[word];
  }

  /** Waits for the end of standard input: what a server's main method ends with. */
  static void serveUntilInputEnds() throws IOException {
    ProcessEnd.await();
    System.exit(0);
  }

  double cpuSeconds() throws IOException {
    return cpuSeconds(process.pid());
  }

  /** What a process has used so far. */
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  @Override
  public void close() throws IOException {
    ProcessEnd.bringAbout(process);
  }
}
