package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.core.doctor.Doctor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page names the contract's tests and the doctor's checks as they are. */
class StoreRequirementsPageTest {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern CONTRACT = Pattern.compile("`(\\w+Contract)\\.(\\w+)`");
  private static final Path CONTRACTS =
      Path.of("providers/testkit/src/main/java/io/coldstream/store/testkit");

  @TempDir
  private Path home;

  @Test
  void everyTestOfTheContractThatItNamesIsThere() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(CONTRACTS))) {
      root = root.getParent();
    }
    int named = 0;
    for (String line : Pages.lines("store-requirements.md")) {
      Matcher contract = CONTRACT.matcher(line);
      while (contract.find()) {
        Path source = root.resolve(CONTRACTS).resolve(contract.group(1) + ".java");
        assertThat(source).content().contains("default void " + contract.group(2) + "()");
        named++;
      }
    }
    assertThat(named).isGreaterThan(15);
  }

  @Test
  void itNamesEveryCheckThatThereIs() throws IOException {
    Set<String> code = new TreeSet<>();
    for (String line : Pages.lines("store-requirements.md")) {
      Matcher quoted =
          CODE.matcher(line.startsWith("|") || line.contains("left behind") ? line : "");
      while (quoted.find()) {
        code.add(quoted.group(1));
      }
    }
    Set<String> checks = new TreeSet<>();
    Shell shell =
        new Shell(home).set("COLDSTREAM_REPO", home.resolve("r").toUri().toString());
    checks.addAll(names(shell.run("doctor", "--json")));
    for (String role : new String[] {"writer", "restorer", "pruner"}) {
      checks.addAll(names(shell.run("doctor", "--json", "--expect", role)));
    }

    assertThat(code).containsAll(checks);
    assertThat(checks).contains("create only, 8 at once", "never read chunks/");
  }

  @Test
  void itSaysHowMuchTheDoctorSendsAsTheHelpDoes() throws IOException {
    String sent = "about " + Doctor.SENT_MIB + " MiB there, or up to " + Doctor.MAX_SENT_MIB
        + " MiB if the store cannot resume uploads";
    assertThat(String.join(" ", Pages.lines("store-requirements.md"))).contains(sent);
    assertThat(new Shell(home).run("doctor", "--help").out().replaceAll("\\s+", " "))
        .contains(
            "about " + Doctor.SENT_MIB + " MiB under the prefix doctor/",
            "up to " + Doctor.MAX_SENT_MIB + " MiB if the store cannot resume uploads");
  }

  private static Set<String> names(Shell.Ran ran) {
    Set<String> names = new TreeSet<>();
    for (JsonNode check : ran.json().at("/result/checks")) {
      names.add(check.get("name").asText());
    }
    return names;
  }
}
