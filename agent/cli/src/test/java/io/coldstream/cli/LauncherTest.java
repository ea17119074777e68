package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher, with a Java that only names its locale and a Maven that only says that it ran. */
class LauncherTest {

  private static final List<String> VARIABLES =
      List.of("LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LC_TIME", "COLDSTREAM_JAVA_OPTS");

  @TempDir
  private Path home;

  @BeforeEach
  void install() throws IOException {
    script("jdk/bin/java", "printf '%s' \"${LC_ALL:-none}\"");
    Files.createDirectories(home.resolve("lib"));
    Files.createFile(home.resolve("lib/coldstream-cli-0.jar"));
    Files.createDirectories(home.resolve("bin"));
    Files.copy(Pages.root().resolve("src/dist/bin/coldstream"), home.resolve("bin/coldstream"));
  }

  private void script(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A machine on which a locale's character set is what the first matching line says. */
  private void locales(String cases) throws IOException {
    script("tools/locale", "case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in " + cases + " esac");
  }

  private String localeOfJava(String... variables) throws IOException, InterruptedException {
    return said(home.resolve("bin/coldstream"), variables);
  }

  private String said(Path launcher, String... variables) throws IOException, InterruptedException {
    return said(List.of("sh"), launcher, variables);
  }

  private String said(List<String> shell, Path launcher, String... variables)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(shell);
    command.add(launcher.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(VARIABLES);
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().merge("PATH", home.resolve("tools") + ":", (old, own) -> own + old);
    for (String variable : variables) {
      String[] parts = variable.split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  @Test
  void whereNoLocaleIsSetJavaGetsOneWithUtf8() throws Exception {
    locales("C.UTF-8) echo UTF-8 ;; *) echo ANSI_X3.4-1968 ;;");

    assertThat(localeOfJava()).isEqualTo("C.UTF-8");
    assertThat(localeOfJava("LANG=")).isEqualTo("C.UTF-8");
    assertThat(localeOfJava("LANG=C")).isEqualTo("C.UTF-8");
    assertThat(localeOfJava("LC_CTYPE=POSIX")).isEqualTo("C.UTF-8");
    assertThat(localeOfJava("LC_ALL=C", "LANG=C.UTF-8")).isEqualTo("C.UTF-8");
  }

  @Test
  void aLocaleThatIsNotInstalledIsAsGoodAsNone() throws Exception {
    locales("C.UTF-8) echo UTF-8 ;; *) echo ANSI_X3.4-1968 ;;");

    assertThat(localeOfJava("LANG=en_US.UTF-8")).isEqualTo("C.UTF-8");
    assertThat(localeOfJava("LC_ALL=de_DE.UTF-8")).isEqualTo("C.UTF-8");
  }

  @Test
  void aSystemWithoutThatLocaleGivesItsOther() throws Exception {
    locales("en_US.UTF-8) echo UTF-8 ;; *) echo ANSI_X3.4-1968 ;;");

    assertThat(localeOfJava("LANG=C")).isEqualTo("en_US.UTF-8");
  }

  @Test
  void aLocaleWithACharacterSetStays() throws Exception {
    locales("de_DE) echo ISO-8859-1 ;; *) echo UTF-8 ;;");

    assertThat(localeOfJava("LANG=de_DE")).isEqualTo("none");
    assertThat(localeOfJava("LC_ALL=en_US")).isEqualTo("en_US");
    assertThat(localeOfJava("LANG=C.UTF-8")).isEqualTo("none");
  }

  /** Java hands on only the text of an error number, and it must be one that is known. */
  @Test
  void theMessagesOfTheSystemAreEnglishInAnyLocale() throws Exception {
    locales("*) echo UTF-8 ;;");
    script(
        "jdk/bin/java",
        "printf '%s' \"${LC_ALL:-none} ${LC_CTYPE:-none} ${LC_TIME:-none} $LC_MESSAGES\"");

    assertThat(localeOfJava("LANG=de_DE.UTF-8")).isEqualTo("none none none C");
    assertThat(localeOfJava("LANG=de_DE.UTF-8", "LC_MESSAGES=de_DE.UTF-8"))
        .isEqualTo("none none none C");
    assertThat(localeOfJava("LC_ALL=de_DE.UTF-8", "LC_TIME=not_THERE"))
        .isEqualTo("none de_DE.UTF-8 none C");
  }

  @ParameterizedTest
  @CsvSource({
    "--nofile=200, 'may open 200 files', 'ulimit -n'",
    "--nproc=20, 'may run 20 processes', 'ulimit -u'",
    "--nproc=1, 'may run 1 processes', 'ulimit -u'",
  })
  void aLimitThatIsTooLowIsNamed(String limit, String told, String remedy) throws Exception {
    List<String> user = anotherUserThanRoot();

    assertThat(limited(user, limit))
        .startsWith("coldstream: this ")
        .contains(told, remedy, "systemd");
  }

  @Test
  void rootHasNoLimitOfProcesses() throws Exception {
    assumeTrue(isRoot(), "needs root");

    assertThat(limited(List.of(), "--nproc=20")).isEqualTo("C.UTF-8");
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** What runs a command as another user, where this one is root. */
  private List<String> anotherUserThanRoot() throws IOException {
    if (!isRoot()) {
      return List.of();
    }
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not there");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
  }

  private String limited(List<String> user, String limit) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is not there");
    locales("C.UTF-8) echo UTF-8 ;; *) echo ANSI_X3.4-1968 ;;");
    List<String> shell = new ArrayList<>(user);
    shell.addAll(List.of("prlimit", limit, "sh"));
    return said(shell, home.resolve("bin/coldstream"));
  }

  /** What the launcher refuses is a document like what the command refuses. */
  @ParameterizedTest
  @CsvSource({
    "jdk\"\\1, list --json -v",
    "jdk2, --json --repo=x config show",
    "'jdk\n', demo --json"
  })
  void aRefusalIsJsonWhereTheCommandIsToPrintJson(String jdk, String arguments) throws Exception {
    Path folder = home.resolve(jdk.replace("\\n", "\n"));
    List<String> shell =
        List.of("sh", "-c", "launcher=$1; shift; exec sh \"$launcher\" " + arguments, "x");

    JsonNode document = new ObjectMapper()
        .readTree(said(shell, home.resolve("bin/coldstream"), "JAVA_HOME=" + folder));

    assertThat(document.get("coldstream").asInt()).isEqualTo(1);
    assertThat(document.get("command").asText()).isEqualTo(arguments.replaceAll(" ?-[^ ]+ ?", ""));
    assertThat(document.get("exit").asInt()).isEqualTo(1);
    assertThat(document.get("warnings").isArray()).isTrue();
    assertThat(document.at("/error/kind").asText()).isEqualTo("internal");
    assertThat(document.at("/error/message").asText())
        .isEqualTo("JAVA_HOME has no bin/java: " + folder.toString().replace("\n", " "));
  }

  @Test
  void aRefusalIsJsonWhereTheVariableSaysSo() throws Exception {
    assertThat(said(home.resolve("bin/coldstream"), "JAVA_HOME=/none", "COLDSTREAM_JSON=true"))
        .startsWith("{\"coldstream\":1,\"command\":\"\",\"exit\":1,");
  }

  @Test
  void aSystemThatCannotTellIsTakenAtItsVariables() throws Exception {
    script("tools/locale", "exit 127");

    assertThat(localeOfJava()).isEqualTo("C.UTF-8");
    assertThat(localeOfJava("LC_ALL=POSIX")).isEqualTo("C.UTF-8");
    assertThat(localeOfJava("LANG=de_DE")).isEqualTo("none");
  }

  @Test
  void twoBuildsInOneFolderAreRefused() throws Exception {
    Files.createFile(home.resolve("lib/coldstream-cli-1.jar"));

    assertThat(said(home.resolve("bin/coldstream")))
        .isEqualTo("coldstream: two builds in one folder: " + home.toRealPath()
            + "/lib/coldstream-cli-0.jar and coldstream-cli-1.jar; unpack the distribution into a"
            + " new folder\n");
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_392, 8", "11.0.24, 11", "16, 16"})
  void anOlderJavaWithoutAReleaseFileIsRefused(String version, String named) throws Exception {
    script("jdk/bin/java", "echo 'openjdk version \"" + version + "\" 2024-01-16' >&2");

    assertThat(said(home.resolve("bin/coldstream")))
        .startsWith("coldstream: needs Java 17 or newer, but ")
        .contains("/bin/java is Java " + named + ";");
  }

  @ParameterizedTest
  @CsvSource({
    "agent/core/src/main/java/io/coldstream/Any.java, true",
    "agent/core/src/main/java/io/coldstream/target/Any.java, true",
    "agent/core/pom.xml, true",
    "agent/core/src/test/java/io/coldstream/target/AnyTest.java, false",
    "agent/core/target/pom.xml, false",
  })
  void aCheckoutIsBuiltWhenASourceIsNewer(String file, boolean builds) throws Exception {
    Path checkout = home.resolve("checkout");
    Path jar = checkout.resolve("agent/cli/target/lib/coldstream-cli-0.jar");
    Path source = checkout.resolve(file);
    Path launcher = checkout.resolve("src/dist/bin/coldstream");
    Path pom = checkout.resolve("agent/cli/pom.xml");
    for (Path each : List.of(jar, source, launcher, pom, checkout.resolve("providers/any"))) {
      Files.createDirectories(each.getParent());
    }
    Files.copy(home.resolve("bin/coldstream"), launcher);
    for (Path each : List.of(checkout.resolve("pom.xml"), pom, jar, source)) {
      Files.createFile(each);
      Files.setLastModifiedTime(each, FileTime.fromMillis(each.equals(source) ? 20_000 : 10_000));
    }
    script("tools/mvn", "echo built; : > agent/cli/target/lib/coldstream-cli-0.jar");

    assertThat(said(launcher).contains("built\n")).isEqualTo(builds);
  }

  /** A library of a cloud would take an empty name for a name. */
  @Test
  void anEmptyVariableIsTakenOutOfTheEnvironment() throws Exception {
    script("jdk/bin/java", "printf '%s' \"${AWS_PROFILE-none} ${AWS_REGION-none}\"");

    assertThat(said(home.resolve("bin/coldstream"), "AWS_PROFILE=", "AWS_REGION= \n"))
        .isEqualTo("none none");
    assertThat(said(home.resolve("bin/coldstream"), "AWS_PROFILE=mine", "AWS_REGION=here "))
        .isEqualTo("mine here");
  }
}
