package io.coldstream.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs programs as the user {@code nobody}, where this one is root and may; elsewhere the test that
 * asks is skipped.
 */
public final class Nobody {

  public static final int USER = 65534;

  /** A user that no machine has a name for, as containers get them. */
  public static final int WITHOUT_NAME = 54_321_987;

  private static final List<String> AS_NOBODY =
      List.of("--reuid=" + USER, "--regid=" + USER, "--clear-groups");

  /** Root as a server treats it that maps it to another user. */
  private static final List<String> AS_SQUASHED_ROOT =
      List.of("--bounding-set=-chown,-dac_override,-dac_read_search,-fowner", "--inh-caps=-all");

  private final Path folder;
  private final List<String> user;

  private Nobody(Path folder, List<String> user) {
    this.folder = folder;
    this.user = user;
  }

  /** Runs programs as a user that the password file does not have instead. */
  public Nobody withoutName() {
    return new Nobody(
        folder, List.of("--reuid=" + WITHOUT_NAME, "--regid=" + WITHOUT_NAME, "--clear-groups"));
  }

  /** Runs programs as root instead, but without root's rights on files. */
  public Nobody squashedRoot() {
    return new Nobody(folder, AS_SQUASHED_ROOT);
  }

  /** A place to work from, with all that is in it made readable. */
  public static Nobody in(Path folder) throws Exception {
    assumeTrue(
        Stream.of("/usr/bin/setpriv", "/bin/setpriv").map(File::new).anyMatch(File::canExecute),
        "setpriv is not there");
    assumeTrue((int) Files.getAttribute(folder, "unix:uid") == 0, "this is not root");
    allowReading(folder);
    Nobody nobody = new Nobody(folder, AS_NOBODY);
    assumeTrue(nobody.java(List.of("-version")) == 0, "another user cannot run this Java");
    return nobody;
  }

  /**
   * Runs a main class.
   *
   * @param main gets the arguments and, last, the path of a file to write its outcome to
   * @param needed one class of every place that the program's classes come from, beside its own
   */
  public String outcome(Class<?> main, Collection<Class<?>> needed, Path... arguments)
      throws Exception {
    Path outcome = folder.resolve("outcome");
    Files.writeString(outcome, "");
    allow(outcome, "rw-rw-rw-");
    List<Class<?>> all = new ArrayList<>(needed);
    all.add(main);
    List<String> command = new ArrayList<>(List.of("-cp", classPath(all), main.getName()));
    Stream.of(arguments).map(Path::toString).forEach(command::add);
    command.add(outcome.toString());
    assertThat(java(command)).as(Files.readString(folder.resolve("log"))).isZero();
    return Files.readString(outcome);
  }

  public static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private int java(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("setpriv"));
    command.addAll(user);
    command.addAll(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC"));
    command.addAll(arguments);
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
  private String classPath(List<Class<?>> needed) throws Exception {
    Path classes = folder.resolve("classes");
    List<String> paths = new ArrayList<>();
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
        Path target = from.equals(each) ? to : to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
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
}
