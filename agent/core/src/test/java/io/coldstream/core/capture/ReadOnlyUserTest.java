package io.coldstream.core.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coldstream.core.event.RunListener;
import io.coldstream.core.failure.RunException;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.store.ObjectStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture in a process of another user than the server's, where this one may start such. */
class ReadOnlyUserTest {

  private static final String NOBODY = "65534";
  private static final String CHUNK = "chunk-000003.000000";

  @TempDir
  private Path folder;

  private Path db;

  /** The other process: captures the first folder and writes what came of it to the second path. */
  static final class OtherUser {

    private OtherUser() {}

    public static void main(String[] arguments) throws Exception {
      CaptureStep step = new CaptureStep(
          new LocalDatabaseFiles(),
          () -> Long.MAX_VALUE,
          attempt -> {},
          CaptureSettings.of(DatabaseFolders.of(Path.of(arguments[0]), Optional.empty())),
          RunListener.NONE);
      String outcome;
      try (Capture capture = step.capture(KnownFiles.NONE, 1)) {
        outcome = capture.completed().size() + " chunks, " + capture.pins().count() + " pins";
      } catch (RunException e) {
        outcome = e.kind() + " " + e.getMessage();
      }
      Files.writeString(Path.of(arguments[1]), outcome);
    }
  }

  @BeforeEach
  void requireAnotherUser() throws Exception {
    assumeTrue(
        Stream.of("/usr/bin/setpriv", "/bin/setpriv").map(File::new).anyMatch(File::canExecute),
        "setpriv is not there");
    db = Fixture.unpack("orders-kurrentdb-26.1", folder).database();
    assumeTrue((int) Files.getAttribute(db, "unix:uid") == 0, "this is not root");
    allowReading(folder);
    assumeTrue(asNobody("-version") == 0, "another user cannot run this Java");
  }

  @Test
  void readAccessIsEnough() throws Exception {
    assertThat(captureAsNobody()).isEqualTo("7 chunks, 12 pins");
  }

  @Test
  void withoutReadAccessItIsRefused() throws Exception {
    allow(db.resolve(CHUNK), "r--------");
    assertThat(captureAsNobody())
        .startsWith(RunException.Kind.SOURCE_REFUSED + " ")
        .contains(CHUNK, "may not be read by this user");
    allow(db, "rwx------");
    assertThat(captureAsNobody()).contains(db.toString(), "may not be read by this user");
  }

  private String captureAsNobody() throws Exception {
    Path outcome = folder.resolve("outcome");
    Files.writeString(outcome, "");
    allow(outcome, "rw-rw-rw-");
    int exit =
        asNobody("-cp", classPath(), OtherUser.class.getName(), db.toString(), outcome.toString());
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
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What the other process needs, copied to where it may read. */
  private String classPath() throws Exception {
    Path classes = folder.resolve("classes");
    List<String> paths = new ArrayList<>();
    for (Class<?> each :
        List.of(CaptureStep.class, OtherUser.class, DatabaseException.class, ObjectStore.class)) {
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
        } else if (each.toString().endsWith(".class")) {
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
