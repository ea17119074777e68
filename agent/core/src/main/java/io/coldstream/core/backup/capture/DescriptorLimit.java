package io.coldstream.core.backup.capture;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The number of files that this process may open. */
final class DescriptorLimit {

  /** The least that POSIX systems allow in practice, for when the limit is unknown. */
  private static final long UNKNOWN = 256;

  private static final String LINE = "Max open files";

  private DescriptorLimit() {}

  /** {@return half of what the process may open: the rest is for connections and other files} */
  static int half() {
    OptionalLong limit = OptionalLong.empty();
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      limit = OptionalLong.of(unix.getMaxFileDescriptorCount());
    }
    return half(limit.isPresent() && limit.getAsLong() > 0 ? limit : fromProc());
  }

  static int half(OptionalLong limit) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, limit.orElse(UNKNOWN) / 2));
  }

  private static OptionalLong fromProc() {
    try {
      return softLimit(Files.readAllLines(Path.of("/proc/self/limits")));
    } catch (IOException e) {
      // Not Linux: the caller has a default.
      return OptionalLong.empty();
    }
  }

  static OptionalLong softLimit(List<String> limits) {
    for (String line : limits) {
      if (line.startsWith(LINE)) {
        String soft = line.substring(LINE.length()).trim().split("\\s+")[0];
        return OptionalLong.of(soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft));
      }
    }
    return OptionalLong.empty();
  }
}
