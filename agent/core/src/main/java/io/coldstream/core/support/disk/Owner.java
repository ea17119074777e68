package io.coldstream.core.support.disk;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The user and group ids of a file.
 *
 * @param user the user's number; 0 is root
 * @param group the group's number
 */
public record Owner(int user, int group) {

  /** Whom this process works as, where the system tells as Linux does. */
  private static final Path STATUS = Path.of("/proc/self/status");

  /**
   * Whom this process works as. Java's own answer is root for a user that the password file does not
   * have, as in many containers, and so is the second choice.
   *
   * @return the effective ids
   */
  static Owner ofProcess() {
    try {
      List<String> lines = Files.readAllLines(STATUS);
      return new Owner(effective(lines, "Uid:"), effective(lines, "Gid:"));
    } catch (IOException e) {
      UnixSystem system = new UnixSystem();
      return new Owner(Math.toIntExact(system.getUid()), Math.toIntExact(system.getGid()));
    }
  }

  /** A line has the real id, the effective one, and two more. */
  private static int effective(List<String> lines, String name) throws IOException {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.split("\\s+"))
        .filter(words -> words.length > 2)
        .findFirst()
        .map(words -> Integer.parseUnsignedInt(words[2]))
        .orElseThrow(() -> new IOException(STATUS + " has no line " + name));
  }

  /**
   * Whether this is the user that may do everything.
   *
   * @return true for user 0
   */
  public boolean isRoot() {
    return user == 0;
  }

  @Override
  public String toString() {
    return user + ":" + group;
  }
}
