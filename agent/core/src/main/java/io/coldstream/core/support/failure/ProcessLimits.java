package io.coldstream.core.support.failure;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How many files and threads the system lets this process have, and what to do at the limit. */
public final class ProcessLimits {

  private static final OptionalLong NONE = OptionalLong.empty();
  private static final String FILES_LINE = "Max open files";
  private static final String PROCESSES_LINE = "Max processes";
  private static final int MAX_CAUSES = 50;

  /** Classes are read from jars, and Java does not say why one could not be opened. */
  private static final int NEARLY_ALL = 8;

  private ProcessLimits() {}

  /**
   * The number of files that this process may open.
   *
   * @return the limit; empty where the system does not tell
   */
  public static OptionalLong openFiles() {
    OptionalLong limit =
        unix().map(bean -> OptionalLong.of(bean.getMaxFileDescriptorCount())).orElse(NONE);
    return limit.isPresent() && limit.getAsLong() > 0 ? limit : ofKernel(FILES_LINE);
  }

  /**
   * The number of files that this process has open now.
   *
   * @return the count; 0 where the system does not tell
   */
  public static long openFilesNow() {
    return Math.max(0, unix().map(bean -> bean.getOpenFileDescriptorCount()).orElse(0L));
  }

  private static Optional<UnixOperatingSystemMXBean> unix() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean bean
        ? Optional.of(bean)
        : Optional.empty();
  }

  private static OptionalLong ofKernel(String line) {
    try {
      return softLimit(Files.readAllLines(Path.of("/proc/self/limits")), line);
    } catch (IOException e) {
      return NONE; // not Linux, or no file can be opened
    }
  }

  static OptionalLong softLimit(List<String> limits, String name) {
    for (String line : limits) {
      if (line.startsWith(name)) {
        String soft = line.substring(name.length()).trim().split("\\s+")[0];
        return OptionalLong.of(soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft));
      }
    }
    return NONE;
  }

  /**
   * The limit that a failure comes from.
   *
   * @param failure anything
   * @return which limit it is, and how to raise it, as a clause; empty when it is none
   */
  public static Optional<String> reached(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      Optional<String> limit = ofOne(cause);
      if (limit.isPresent()) {
        return limit;
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static Optional<String> ofOne(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    if (text.contains("Too many open files in system")) {
      return Optional.of("this machine has no more open files to give: raise its limit with sysctl"
          + " fs.file-max, or end another program");
    }
    if (text.contains("Too many open files")
        || text.contains("No file descriptors available")
        || failure instanceof LinkageError && isNearlyFull()) {
      return Optional.of("this process may open" + number(openFiles()) + " files: raise the limit"
          + " with ulimit -n 4096, or LimitNOFILE=4096 in a systemd unit");
    }
    if (failure instanceof OutOfMemoryError && text.contains("native thread")
        || failure instanceof IOException && text.contains("error=11,")) {
      return Optional.of("this user may run" + number(ofKernel(PROCESSES_LINE))
          + " processes and threads: raise the limit with ulimit -u, with LimitNPROC= or TasksMax="
          + " in a systemd unit, or the container's limit of process ids");
    }
    return Optional.empty();
  }

  private static boolean isNearlyFull() {
    return openFilesNow() + NEARLY_ALL >= openFiles().orElse(Long.MAX_VALUE);
  }

  private static String number(OptionalLong limit) {
    return limit.isPresent() && limit.getAsLong() < Long.MAX_VALUE
        ? " " + limit.getAsLong()
        : " only a limited number of";
  }
}
