package io.coldstream.cli.compose;

import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The database server that this host has installed.
 *
 * @param program the server's program: that in {@code PATH}, else the newest one's name
 * @param usualUser the user that this program's packages and images run it as
 * @param user the server's user, where this machine has one
 * @param root whether this process is root
 * @param owner name of the files' owner; its number where it has none
 */
public record ServerHost(
    String program, String usualUser, Optional<String> user, boolean root, String owner) {

  /** Programs and the users that they run as: of KurrentDB (25.0 and newer), of EventStoreDB. */
  private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

  static {
    PROGRAMS.put("kurrentd", "kurrent");
    PROGRAMS.put("eventstored", "eventstore");
  }

  /**
   * Finds the installed server program and its user.
   *
   * @param environment the environment, for {@code PATH}
   * @param database the restored directory
   * @return what there is
   * @throws IOException when the directory cannot be looked at
   */
  public static ServerHost of(Map<String, String> environment, Path database) throws IOException {
    List<String> path = List.of(environment.getOrDefault("PATH", "").split(":"));
    String program = PROGRAMS.keySet().stream()
        .filter(name -> path.stream().anyMatch(folder -> isProgram(folder, name)))
        .findFirst()
        .orElse("kurrentd");
    Path writer = database.resolve(CheckpointName.WRITER.fileName());
    String usual = PROGRAMS.get(program);
    Optional<String> user = isUser(usual)
        ? Optional.of(usual)
        : PROGRAMS.values().stream().filter(ServerHost::isUser).findFirst();
    return new ServerHost(
        program,
        usual,
        user,
        new LocalDisk().user().isRoot(),
        Files.getOwner(Files.exists(writer) ? writer : database).getName());
  }

  private static boolean isProgram(String folder, String name) {
    return !folder.isEmpty() && Files.isExecutable(Path.of(folder).resolve(name));
  }

  private static boolean isUser(String name) {
    try {
      return Path.of("/")
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(name)
          .getName()
          .equals(name);
    } catch (IOException e) {
      return false;
    }
  }
}
