package io.coldstream.core.support.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A user and a group by their names or numbers, as {@code chown} takes them.
 *
 * @param user name or number
 * @param group name or number; that of the user where there is none
 */
public record OwnerName(String user, Optional<String> group) {

  private static final Path USERS = Path.of("/etc/passwd");
  private static final Path GROUPS = Path.of("/etc/group");
  private static final int ID_AT = 2;
  private static final int GROUP_OF_USER_AT = 3;

  /**
   * Finds the numbers on this machine.
   *
   * @return the owner
   * @throws UnknownName when a name is not in the machine's files
   */
  public Owner resolve() throws UnknownName {
    return resolve(lines(USERS), lines(GROUPS));
  }

  Owner resolve(List<String> users, List<String> groups) throws UnknownName {
    int uid = id(user, users, "user", "id -u");
    if (group.isPresent()) {
      return new Owner(uid, id(group.get(), groups, "group", "getent group"));
    }
    return users.stream()
        .map(line -> line.split(":"))
        .filter(fields -> fields.length > GROUP_OF_USER_AT)
        .filter(fields -> fields[ID_AT].equals(Integer.toString(uid)))
        .findFirst()
        .map(fields -> new Owner(uid, Integer.parseUnsignedInt(fields[GROUP_OF_USER_AT])))
        .orElseThrow(() -> new UnknownName("user " + uid + " is not in " + USERS
            + ", so that its group is not known: give the group too, as USER:GROUP"));
  }

  private static int id(String name, List<String> lines, String kind, String asking)
      throws UnknownName {
    if (name.matches("\\d{1,9}")) {
      return Integer.parseInt(name);
    }
    return lines.stream()
        .map(line -> line.split(":"))
        .filter(fields -> fields.length > ID_AT && fields[0].equals(name))
        .findFirst()
        .map(fields -> Integer.parseUnsignedInt(fields[ID_AT]))
        .orElseThrow(() -> new UnknownName("there is no " + kind + " \"" + name + "\" in "
            + (kind.equals("user") ? USERS : GROUPS) + "; if it is managed elsewhere, give its"
            + " number (" + asking + " " + name + ")"));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      return List.of(); // then only numbers are known
    }
  }

  /** A name that this machine does not know. */
  public static final class UnknownName extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownName(String message) {
      super(message);
    }
  }
}
