package io.coldstream.cli.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs processes one after the other and measures them by what Linux tells in /proc. */
final class Meter {

  /** The Java that runs this. */
  static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** Ticks of /proc/…/stat in a second (sysconf(_SC_CLK_TCK)): 100 on every Linux of today. */
  private static final double TICKS = 100;

  /** Indexes of the fields behind the name in /proc/…/stat, see proc(5). */
  private static final int UTIME = 11;

  private static final int CUTIME = 13;
  private static final int LOOK_EVERY_MS = 20;

  private Meter() {}

  /**
   * Runs a process to its end. No other child of this process may end meanwhile.
   *
   * @param command what to run; stopped with this process
   * @param log takes its output
   * @throws IOException when it fails; its output is in the message
   */
  static Usage run(ProcessBuilder command, Path log) throws IOException, InterruptedException {
    command.redirectErrorStream(true).redirectOutput(log.toFile());
    double cpuBefore = cpuSeconds("self", CUTIME);
    long started = System.nanoTime();
    Process process = command.start();
    Thread stopping = new Thread(process::destroy, "benchmark-stopping");
    Runtime.getRuntime().addShutdownHook(stopping);
    process.getOutputStream().close();
    long peak = 0;
    while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakBytes(process.pid()));
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    Runtime.getRuntime().removeShutdownHook(stopping);
    if (process.exitValue() != 0) {
      throw new IOException(
          command.command() + " ended with " + process.exitValue() + ":\n" + Files.readString(log));
    }
    // The kernel adds what a child used when its end is collected: nothing is missed.
    return new Usage(seconds, cpuSeconds("self", CUTIME) - cpuBefore, peak);
  }

  /** What a running process has used so far. */
  static double cpuSeconds(long pid) throws IOException {
    return cpuSeconds(String.valueOf(pid), UTIME);
  }

  private static double cpuSeconds(String process, int userField) throws IOException {
    String stat = Files.readString(Path.of("/proc", process, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[userField]) + Long.parseLong(fields[userField + 1])) / TICKS;
  }

  /** The high-water mark, which only rises; 0 when the process has just ended. */
  private static long peakBytes(long pid) throws IOException {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      // Ended between opening and reading.
      return 0;
    }
  }
}
