package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.core.disk.LocalDisk;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.repository.Repository;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreProvider;
import io.coldstream.store.testkit.MemoryStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores in a process of another user, where this one may start such; elsewhere skipped. */
class OtherUserTest {

  private static final int NOBODY = 65534;

  @TempDir
  Path folder;

  private Path repository;

  /** The other process: restores from the first folder to the second, and reports in the third. */
  static final class OtherUser {

    private OtherUser() {}

    public static void main(String[] arguments) throws Exception {
      String outcome;
      try (ObjectStore store = LocalRepository.open(Path.of(arguments[0]))) {
        RestoreReport report = RestoreBench.on(new LocalDisk(), new ProcessTable())
            .run(Repository.open(store, "file:test"), RestoreOptions.to(Path.of(arguments[1])));
        outcome = report.outcome() + " " + report.nextSteps().get(0);
      } catch (RunException e) {
        outcome = e.kind() + " " + e.getMessage();
      }
      Files.writeString(Path.of(arguments[2]), outcome);
    }
  }

  @BeforeEach
  void requireAnotherUser() throws Exception {
    assumeTrue(
        Stream.of("/usr/bin/setpriv", "/bin/setpriv").map(File::new).anyMatch(File::canExecute),
        "setpriv is not there");
    assumeTrue(new LocalDisk().user().isRoot(), "this is not root");
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    repository = folder.resolve("repository");
    LocalRepository.copy(TestRepository.of(fixture.database()).store(), repository);
    allowReading(folder);
    assumeTrue(asNobody("-version") == 0, "another user cannot run this Java");
  }

  @Test
  void intoItsOwnDirectory() throws Exception {
    Path target = Files.createDirectory(folder.resolve("own"));
    Files.setAttribute(target, "unix:uid", NOBODY);

    assertThat(restoreAsNobody(target)).startsWith("RESTORED").doesNotContain("root");

    assertThat(Oracle.check(target)).isEmpty();
    try (Stream<Path> all = Files.walk(target)) {
      for (Path each : all.toList()) {
        assertThat(Files.getAttribute(each, "unix:uid")).as(each.toString()).isEqualTo(NOBODY);
      }
    }
  }

  @Test
  void intoAnotherUsersDirectory() throws Exception {
    Path target = Files.createDirectory(folder.resolve("roots"));
    allow(target, "rwxrwxrwx");

    assertThat(restoreAsNobody(target))
        .startsWith("TARGET_REFUSED")
        .contains("belongs to user 0, this is user " + NOBODY);
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void whereItMayNotWrite() throws Exception {
    Path target = folder.resolve("locked/db");
    Files.createDirectory(target.getParent());
    allow(target.getParent(), "rwxr-xr-x");

    assertThat(restoreAsNobody(target))
        .startsWith("TARGET_REFUSED")
        .contains("permission denied", "run the restore as the server's user");
    assertThat(target).doesNotExist();
  }

  @Test
  void rootGivesTheFilesToTheDirectorysOwner() throws Exception {
    Path target = Files.createDirectory(folder.resolve("theirs"));
    Files.setAttribute(target, "unix:uid", NOBODY);
    try (ObjectStore store = LocalRepository.open(repository)) {
      RestoreBench.restore(
          new LocalDisk(), Repository.open(store, "file:test"), RestoreOptions.to(target));
    }
    try (Stream<Path> all = Files.walk(target)) {
      for (Path each : all.toList()) {
        assertThat(Files.getAttribute(each, "unix:uid")).as(each.toString()).isEqualTo(NOBODY);
      }
    }
  }

  private String restoreAsNobody(Path target) throws Exception {
    Path outcome = folder.resolve("outcome");
    Files.writeString(outcome, "");
    allow(outcome, "rw-rw-rw-");
    int exit = asNobody(
        "-cp",
        classPath(),
        OtherUser.class.getName(),
        repository.toString(),
        target.toString(),
        outcome.toString());
    assertThat(exit).as(Files.readString(folder.resolve("log"))).isZero();
    return Files.readString(outcome);
  }

  private int asNobody(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        "setpriv",
        "--reuid=" + NOBODY,
        "--regid=" + NOBODY,
        "--clear-groups",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What the other process needs, copied to where it may read. */
  private String classPath() throws Exception {
    Path classes = folder.resolve("classes");
    List<String> paths = new ArrayList<>();
    List<Class<?>> needed = new ArrayList<>(List.of(
        RestoreRun.class,
        OtherUser.class,
        DatabaseException.class,
        ObjectStore.class,
        MemoryStore.class,
        Class.forName("com.fasterxml.jackson.annotation.JsonProperty"),
        JsonFactory.class,
        JsonNode.class));
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      needed.add(provider.getClass());
    }
    for (Class<?> each : needed) {
      Path from =
          Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path to = classes.resolve(Integer.toString(paths.size()));
      copy(from, to);
      paths.add(to.toString());
    }
    allowReading(classes);
    return String.join(File.pathSeparator, paths);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else if (from.equals(each)) {
          Files.createDirectories(to.getParent());
          Files.copy(each, to, StandardCopyOption.REPLACE_EXISTING);
        } else {
          Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void allowReading(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.toList()) {
        allow(each, Files.isDirectory(each) ? "rwxr-xr-x" : "r--r--r--");
      }
    }
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
