package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Pages;
import io.coldstream.cli.Shell;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runbooks of the restore guide, followed on one machine as far as no server is needed. */
class RestoreGuideTest {

  private static final Set<String> NOT_RUN = Set.of("curl", "runuser", "rm");

  @TempDir
  private Path machine;

  private Path served;
  private Fixture series;
  private Shell shell;

  @BeforeEach
  void backUpTwice() throws IOException {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, machine);
    shell = new Shell(Files.createDirectories(machine.resolve("home")));
    for (String day : List.of("day1", "day2")) {
      String database = series.database(day).toString();
      expectSuccess(List.of("backup", "--repo", repository(), "--db", database));
    }
  }

  private String repository() {
    return machine.resolve("repository").toUri().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "Replace a lost member, '', 1", "A new cluster from one backup, '', 3",
    "An earlier point for a whole cluster, kurrentdb, 3", "Upgrade by restore, eventstore, 2"
  })
  void everyCommandOfARunbookWorks(String title, String old, int expectedCommands)
      throws IOException {
    List<String> section = section("### " + title);
    if (!old.isEmpty()) {
      copy(series.database("day2"), machine.resolve("var/lib").resolve(old));
    }

    int ran = 0;
    for (String line : section) {
      ran += follow(line) ? 1 : 0;
    }

    assertThat(ran).isEqualTo(expectedCommands);
    assertThat(served).isNotNull();
  }

  @Test
  void everyOtherCommandWorks() throws IOException {
    List<String> page = Pages.lines("restore.md");
    List<String> others = new ArrayList<>(page.subList(0, page.indexOf("## Runbooks")));
    others.addAll(page.subList(page.indexOf("## Backing up the restored node"), page.size()));

    int ran = 0;
    for (String line : commands(others)) {
      if (line.startsWith("coldstream ")) {
        ran += follow(line) ? 1 : 0;
      }
    }

    assertThat(ran).isEqualTo(5);
  }

  /** The commands between a heading and the next one. */
  private static List<String> section(String heading) throws IOException {
    List<String> page = Pages.lines("restore.md");
    List<String> after = page.subList(page.indexOf(heading) + 1, page.size());
    return commands(after.stream().takeWhile(line -> !line.startsWith("##")).toList());
  }

  private static List<String> commands(List<String> lines) {
    return lines.stream()
        .filter(l -> l.matches(" {4,}[a-z].*"))
        .map(String::strip)
        .toList();
  }

  /** {@return whether it was one of ours} */
  private boolean follow(String line) throws IOException {
    List<String> words = Stream.of(line.replace("s3://bucket/orders", repository())
            .replace("/var/lib", machine.resolve("var/lib").toString())
            .replace("2026-03-01T12:00:00Z", "2026-11-22T12:44:10Z")
            .replace("--backup 42", "--backup 1")
            .replace(" --owner eventstore:eventstore", "")
            .split(" "))
        .toList();
    Path last = Path.of(words.get(words.size() - 1));
    switch (words.get(0)) {
      case "coldstream" -> {
        expectSuccess(words.subList(1, words.size()));
        int to = words.indexOf("--to");
        if (to > 0 && !words.contains("--dry-run")) {
          served = Path.of(words.get(to + 1));
        }
      }
      case "install" -> Files.createDirectories(last);
      case "mv" -> Files.move(Path.of(words.get(1)), last);
      case "systemctl" -> {
        if (line.equals("systemctl enable --now kurrentdb")) {
          // A server that has run has more log than was restored.
          copy(series.database("day2"), served);
        }
      }
      default -> assertThat(NOT_RUN).contains(words.get(0));
    }
    return words.get(0).equals("coldstream");
  }

  private void expectSuccess(List<String> words) {
    Ran ran = shell.run(words.toArray());
    assertThat(ran.exit()).as(words + "\n" + ran.everything()).isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
