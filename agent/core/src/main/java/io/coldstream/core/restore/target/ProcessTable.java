package io.coldstream.core.restore.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds processes that use a directory, as {@code database-files.md#s10} describes. */
public final class ProcessTable implements TargetUse {

  private static final List<String> SOCKETS = List.of("kurrent.sock", "eventstore.sock");
  private static final String PARENT = "PPid:";

  private final Path processes;
  private final long ownId;

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
      if (id.matches("\\d+")) {
        Optional<Path> open = openIn(folder, process);
        if (open.isPresent() && !isOwn(process)) {
          return Optional.of(
              "process " + id + " (" + name(process) + ") has " + open.get() + " open");
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> openIn(Path folder, Path process) {
    return list(process.resolve("fd")).stream()
        .flatMap(descriptor -> target(descriptor).stream())
        .filter(open -> open.startsWith(folder))
        .findFirst();
  }

  /**
   * This process, or one that descends from it: until a child has become its own program, for example
   * the one that prints credentials, it holds what this process has open.
   */
  private boolean isOwn(Path process) {
    Optional<Path> ancestor = Optional.of(process);
    while (ancestor.isPresent()) {
      if (ancestor.get().endsWith(Long.toString(ownId))) {
        return true;
      }
      ancestor = parent(ancestor.get());
    }
    return false;
  }

  private Optional<Path> parent(Path process) {
    try (Stream<String> lines = Files.lines(process.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith(PARENT))
          .map(line -> line.substring(PARENT.length()).strip())
          .filter(id -> !id.equals("0"))
          .findFirst()
          .map(processes::resolve);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // ended meanwhile
    }
  }

  private static boolean answers(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException | UnsupportedOperationException e) {
      return false; // a socket without a listener is left by a server that ended
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
