package io.coldstream.core.restore.target;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Signs of use as {@code database-files.md#s10} offers them: a process of this host that has files
 * under a
 * directory open (as far as this user may see), or a server that answers on its socket in it.
 */
public final class ProcessTable implements TargetUse {

  private static final List<String> SOCKETS = List.of("kurrent.sock", "eventstore.sock");

  private final Path processes;
  private final long ownId;

  /** The processes of this host. */
  public ProcessTable() {
    this(Path.of("/proc"), ProcessHandle.current().pid());
  }

  /** Processes under another folder, for tests. */
  ProcessTable(Path processes, long ownId) {
    this.processes = processes;
    this.ownId = ownId;
  }

  @Override
  public Optional<String> sign(Path folder) {
    for (String socket : SOCKETS) {
      if (answers(folder.resolve(socket))) {
        return Optional.of("a server answers on " + folder.resolve(socket));
      }
    }
    for (Path process : list(processes)) {
      String id = process.getFileName().toString();
      if (id.matches("\\d+") && !id.equals(Long.toString(ownId))) {
        for (Path descriptor : list(process.resolve("fd"))) {
          Optional<Path> open = target(descriptor);
          if (open.isPresent() && open.get().startsWith(folder)) {
            return Optional.of(
                "process " + id + " (" + name(process) + ") has " + open.get() + " open");
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean answers(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException | UnsupportedOperationException e) {
      return false; // a socket that nobody listens on is what a dead server leaves
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    } catch (IOException e) {
      return List.of(); // gone, or another user's
    }
  }

  private static Optional<Path> target(Path descriptor) {
    try {
      return Optional.of(Files.readSymbolicLink(descriptor));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String name(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return "?";
    }
  }
}
