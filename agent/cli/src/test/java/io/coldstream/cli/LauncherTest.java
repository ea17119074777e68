package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a Java that says only in which locale it was started. */
class LauncherTest {

  private static final List<String> VARIABLES =
      List.of("LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "COLDSTREAM_JAVA_OPTS");

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
    ProcessBuilder builder = new ProcessBuilder(
            "sh", home.resolve("bin/coldstream").toString())
        .redirectErrorStream(true);
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
    assertThat(localeOfJava("LC_ALL=de_DE")).isEqualTo("de_DE");
    assertThat(localeOfJava("LANG=C.UTF-8")).isEqualTo("none");
  }

  @Test
  void aSystemThatCannotTellIsTakenAtItsVariables() throws Exception {
    script("tools/locale", "exit 127");

    assertThat(localeOfJava()).isEqualTo("C.UTF-8");
    assertThat(localeOfJava("LC_ALL=POSIX")).isEqualTo("C.UTF-8");
    assertThat(localeOfJava("LANG=de_DE")).isEqualTo("none");
  }
}
