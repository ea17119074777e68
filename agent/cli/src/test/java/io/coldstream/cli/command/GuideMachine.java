package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.server.ServerEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A machine on which somebody follows a page: its repository has backups of a database on several
 * days, its disk is a folder, and no server runs.
 */
final class GuideMachine {

  static final String BUCKET = "s3://bucket/orders";
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");
  private static final Set<String> FOLDERS = Set.of("/var/lib/", "/srv/", "/mnt/");
  private static final Set<String> NOT_RUN = Set.of(
      "apt-get",
      "aws",
      "curl",
      "df",
      "dnf",
      "kurrentd",
      "ln",
      "lsblk",
      "mkfs.ext4",
      "mount",
      "rm",
      "runuser",
      "sh",
      "sha256sum",
      "tar",
      "ulimit");

  private final Path root;
  private final Shell shell;
  private final Fixture series;
  private final StringBuilder printed = new StringBuilder();
  private final List<Integer> exits = new ArrayList<>();
  private Path newest;
  private Path served;
  private boolean elsewhere;

  GuideMachine(Path root, int days) throws IOException {
    this.root = root;
    shell = new Shell(Files.createDirectories(root.resolve("home")));
    series = Fixture.unpack("series-" + Fixtures.NEWEST, root);
    for (int day = 1; day <= days; day++) {
      newest = day(day);
      Ran ran = shell.run("backup", "--repo", repository(), "--db", newest);
      assertThat(ran.exit()).as(ran.everything()).isZero();
    }
  }

  Shell shell() {
    return shell;
  }

  Path day(int day) {
    return series.database("day" + day);
  }

  /** A file or folder of this machine. */
  Path path(String name) {
    return root.resolve(name.substring(1));
  }

  Path repositoryFolder() {
    return root.resolve("repository");
  }

  private String repository() {
    // Of a folder that exists, Java's URL has a trailing slash.
    return repositoryFolder().toUri().toString().replaceAll("/$", "");
  }

  /** What our commands have printed, with the names that the pages use. */
  String printed() {
    return printed.toString().replace(repository(), BUCKET).replace(root + "/", "/");
  }

  /** How each of our commands has ended. */
  List<Integer> exits() {
    return List.copyOf(exits);
  }

  boolean hasRestored() {
    return served != null;
  }

  /** The database is on another machine than the one that is restored. */
  void nodeIsElsewhere() {
    elsewhere = true;
  }

  /** Does what lines of a page say, as far as that needs neither a server nor the network. */
  void follow(List<String> lines) throws IOException {
    for (String line : lines) {
      follow(line);
    }
  }

  void follow(String line) throws IOException {
    List<String> words = words(line);
    String last = words.get(words.size() - 1);
    switch (words.get(0)) {
      case "coldstream" -> run(words.subList(1, words.size()));
      case "install" -> Files.createDirectories(Path.of(last));
      case "mv" ->
        Files.move(repositoryFolder().resolve(words.get(1)), repositoryFolder().resolve(last));
      case "systemctl" -> {
        if (line.equals("systemctl enable --now kurrentdb")) {
          // A server that has run has more log than was restored.
          copy(newest, served);
        }
      }
      default -> assertThat(NOT_RUN).contains(words.get(0));
    }
  }

  /** Runs one of our commands, written as on a page. */
  Ran run(String... words) {
    return run(Stream.of(words).map(this::here).toList());
  }

  private Ran run(List<String> words) {
    Ran ran = shell.run(words.toArray());
    exits.add(ran.exit());
    printed.append(ran.out()).append(ran.err());
    int to = words.indexOf("--to");
    if (ran.exit() == 0 && to > 0 && !words.contains("--dry-run")) {
      served = Path.of(words.get(to + 1));
    }
    return ran;
  }

  private List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (String word : WORD.matcher(line.replace(" --owner eventstore:eventstore", ""))
        .results()
        .map(MatchResult::group)
        .toList()) {
      words.add(here(word.replace("'", "")));
    }
    int redirected = words.indexOf(">");
    if (redirected > 0) {
      words.subList(redirected, words.size()).clear();
    }
    int database = words.indexOf("--db");
    if (database > 0 && elsewhere) {
      words.set(database + 1, newest.toString());
    }
    int server = words.indexOf("--server");
    if (server > 0) {
      words.set(server + 1, ServerEmulator.line());
    }
    int raw = words.indexOf("--raw");
    if (raw > 0) {
      words.set(raw + 1, root.resolve(words.get(raw + 1)).toString());
    }
    return words;
  }

  private String here(String word) {
    String here =
        word.replace(BUCKET, repository()).replace("2026-03-01T12:00:00Z", "2026-11-22T12:44:10Z");
    return FOLDERS.stream().anyMatch(here::startsWith) ? root + here : here;
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
