package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Pages;
import io.coldstream.cli.Shell;
import io.coldstream.cli.demo.Sample;
import io.coldstream.eventstore.testing.model.ElectionLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field that a command prints is in the page, and the other way round. */
class JsonOutputPageTest {

  private static final Pattern FIELD = Pattern.compile("`([A-Za-z0-9\\[\\].]+)`");

  @TempDir
  private Path home;

  @Test
  void thePageNamesTheFieldsThatThereAre() throws IOException {
    Set<String> documented = new TreeSet<>();
    for (String line : Pages.lines("json-output.md")) {
      Matcher field = FIELD.matcher(line.startsWith("|") ? line.split("\\|")[1] : "");
      while (field.find()) {
        documented.addAll(Set.of(field.group(1).replace("[]", "").split("\\.")));
      }
    }

    assertThat(printed()).isEqualTo(documented);
  }

  private Set<String> printed() throws IOException {
    Path monday = home.resolve("monday");
    Path tuesday = home.resolve("tuesday");
    Sample.unpack(Sample.Day.MONDAY, monday);
    Sample.unpack(Sample.Day.TUESDAY, tuesday);
    String repo = home.resolve("repository").toUri().toString();
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", repo).set("COLDSTREAM_JSON", "true");
    Set<String> names = new TreeSet<>();
    add(names, shell.run("backup", "--db", monday, "--dry-run", "-v"), 0);
    add(names, shell.run("backup", "--db", tuesday), 0);
    add(names, shell.run("backup", "--db", monday, "-v"), 8);
    add(names, shell.run("list"), 0);
    add(names, shell.run("doctor"), 0);
    add(names, shell.run("show", "-v"), 0);
    add(names, shell.run("restore", "--to", home.resolve("restored")), 0);
    add(names, shell.run("restore", "--to", home.resolve("restored"), "--discard"), 7);
    addElection(names);
    names.add("removedFiles"); // needs an interrupted restore
    add(names, shell.run("config", "show"), 0);
    add(names, shell.run("demo"), 0);
    names.add("folder"); // only with --keep
    add(names, shell.run("verify", "--data"), 0);
    try (Stream<Path> chunks = Files.list(home.resolve("repository/chunks"))) {
      Files.delete(chunks.findFirst().orElseThrow());
    }
    add(names, shell.run("verify"), 9);
    return names;
  }

  private void addElection(Set<String> names) throws IOException {
    ElectionLoss loss = ElectionLoss.write(home.resolve("election"));
    String repo = home.resolve("elected").toUri().toString();
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", repo).set("COLDSTREAM_JSON", "true");
    add(names, shell.run("backup", "--db", loss.second()), 0);
    add(names, shell.run("backup", "--db", loss.afterElection()), 0);
    add(names, shell.run("list"), 0);
  }

  private static void add(Set<String> names, Shell.Ran ran, int exit) {
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(exit);
    assertThat(ran.err()).isEmpty();
    collect(names, ran.json());
  }

  private static void collect(Set<String> names, JsonNode node) {
    node.fieldNames().forEachRemaining(names::add);
    node.forEach(child -> collect(names, child));
  }
}
