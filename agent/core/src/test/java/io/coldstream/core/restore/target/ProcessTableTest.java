package io.coldstream.core.restore.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signs of life in a directory. */
class ProcessTableTest {

  @TempDir
  Path folder;

  @Test
  void namesTheProcessThatHasAFileOpen() throws Exception {
    Path database = folder.resolve("db");
    Path descriptors = Files.createDirectories(folder.resolve("proc/4711/fd"));
    Files.writeString(folder.resolve("proc/4711/comm"), "EventStore.Clus\n");
    Files.createSymbolicLink(descriptors.resolve("0"), folder.resolve("console"));
    Files.createSymbolicLink(descriptors.resolve("7"), database.resolve("chunk-000001.000000"));
    Files.createDirectories(folder.resolve("proc/self"));

    assertThat(new ProcessTable(folder.resolve("proc"), 1).sign(database))
        .hasValue("process 4711 (EventStore.Clus) has " + database.resolve("chunk-000001.000000")
            + " open");
    assertThat(new ProcessTable(folder.resolve("proc"), 4711).sign(database)).isEmpty();
    assertThat(new ProcessTable(folder.resolve("proc"), 1).sign(folder.resolve("other")))
        .isEmpty();
    assertThat(new ProcessTable(folder.resolve("none"), 1).sign(database)).isEmpty();
  }

  @Test
  void whatThisProcessStartsHoldsItsFilesForAMoment() throws Exception {
    Path database = folder.resolve("db");
    process(4712, 4711, database.resolve("chunk-000001.000000"));
    process(4711, 1, folder.resolve("console"));
    process(1, 0, folder.resolve("console"));

    assertThat(new ProcessTable(folder.resolve("proc"), 4711).sign(database)).isEmpty();
    assertThat(new ProcessTable(folder.resolve("proc"), 4713).sign(database)).isPresent();
  }

  private void process(int id, int parent, Path open) throws Exception {
    Path process = folder.resolve("proc/" + id);
    Files.createDirectories(process.resolve("fd"));
    Files.createSymbolicLink(process.resolve("fd/3"), open);
    Files.writeString(process.resolve("comm"), "jspawnhelper\n");
    Files.writeString(process.resolve("status"), "Name:\tjspawnhelper\nPPid:\t" + parent + "\n");
  }

  @Test
  void seesAServerThatAnswersOnItsSocketOnly() throws Exception {
    Path socket = folder.resolve("kurrent.sock");
    ProcessTable table = new ProcessTable(folder.resolve("none"), 1);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThat(table.sign(folder)).hasValue("a server answers on " + socket);
    }
    // The file that a dead server leaves is no sign.
    assertThat(socket).exists();
    assertThat(table.sign(folder)).isEmpty();
  }

  @Test
  void anUnusedDirectoryHasNoSign() {
    assertThat(new ProcessTable().sign(folder)).isEmpty();
  }
}
