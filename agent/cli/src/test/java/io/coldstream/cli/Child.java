package io.coldstream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own. */
final class Child {

  private static final long LONGEST_SECONDS = 240;

  /** A shell may have started this test with signals ignored, which a child inherits. */
  private static final List<String> REACHABLE = reachable();

  /** What whoever runs this test may have set for real stores. */
  private static final List<String> FOREIGN =
      List.of("COLDSTREAM_", "AWS_", "AZURE_", "GOOGLE_", "CLOUDSDK_");

  /** As the launcher has it: newer versions of Java warn of what a library does with memory. */
  private static final List<String> QUIET = Runtime.version().feature() < 24
      ? List.of()
      : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private final Process process;
  private final Path out;
  private final Path err;

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it on the class path of this test. */
  static Child start(
      Path home, List<String> javaOptions, Map<String, String> environment, List<String> words)
      throws IOException {
    return start(home, builder(home, javaOptions, words), environment);
  }

  /** The same with one more word: a path in the home whose last byte is not text in UTF-8. */
  static Child startWithUnreadablePath(
      Path home, Map<String, String> environment, List<String> words) throws IOException {
    ProcessBuilder builder = builder(home, List.of(), words);
    String script = "exec \"$@\" \"$0/$(printf 'g\\366')\"";
    builder.command().addAll(0, List.of("sh", "-c", script, home.toString()));
    return start(home, builder, environment);
  }

  private static Child start(Path home, ProcessBuilder builder, Map<String, String> environment)
      throws IOException {
    Path out = Files.createTempFile(home, "child", ".out");
    Path err = Files.createTempFile(home, "child", ".err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new Child(builder.start(), out, err);
  }

  /** Its standard output goes to a device. */
  static Child startTo(Path device, Path home, List<String> words) throws IOException {
    Path err = Files.createTempFile(home, "child", ".err");
    ProcessBuilder builder =
        builder(home, List.of(), words).redirectOutput(device.toFile()).redirectError(err.toFile());
    return new Child(builder.start(), Path.of("/dev/null"), err);
  }

  /** Nobody reads its standard output. */
  static Child startToClosedPipe(Path home, List<String> words) throws IOException {
    Path err = Files.createTempFile(home, "child", ".err");
    Process process =
        builder(home, List.of(), words).redirectError(err.toFile()).start();
    process.getInputStream().close();
    return new Child(process, Path.of("/dev/null"), err);
  }

  /** Its standard error goes to a device. */
  static Child startSilenced(Path device, Path home, List<String> words) throws IOException {
    Path out = Files.createTempFile(home, "child", ".out");
    ProcessBuilder builder =
        builder(home, List.of(), words).redirectOutput(out.toFile()).redirectError(device.toFile());
    return new Child(builder.start(), out, Path.of("/dev/null"));
  }

  private static ProcessBuilder builder(Path home, List<String> javaOptions, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUIET);
    command.addAll(javaOptions);
    command.add("-Duser.home=" + home);
    // Not that of tests: what the command itself logs is looked at, too.
    command.add("-Dlogback.configurationFile=logback.xml");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(words);
    return builder(command);
  }

  /** Starts it by a launcher, with the Java of this test. */
  static Child launch(Path launcher, Path home, Map<String, String> environment, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(words);
    Map<String, String> all = new HashMap<>();
    all.put("JAVA_HOME", System.getProperty("java.home"));
    // A short run spends more on the second compiler than it gains.
    all.put("COLDSTREAM_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    all.put("COLDSTREAM_STATE", home.resolve("state").toString());
    all.putAll(environment);
    return start(home, builder(command), all);
  }

  private static ProcessBuilder builder(List<String> command) {
    List<String> reachable = new ArrayList<>(REACHABLE);
    reachable.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(reachable);
    builder.environment().keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
    return builder;
  }

  private static List<String> reachable() {
    List<String> command = List.of("env", "--default-signal=INT,HUP");
    List<String> tried = new ArrayList<>(command);
    tried.add("true");
    try {
      return new ProcessBuilder(tried).start().waitFor() == 0 ? command : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a signal by its name. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end. */
  int exit() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end within " + LONGEST_SECONDS + " s");
    }
    return process.exitValue();
  }

  /** Waits for its end, and tells what it left. */
  Shell.Ran ran() throws IOException, InterruptedException {
    return new Shell.Ran(exit(), Files.readString(out), Files.readString(err));
  }

  /** What it printed to both streams. */
  String said() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }
}
