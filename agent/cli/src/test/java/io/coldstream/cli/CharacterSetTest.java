package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.store.testkit.OddFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are no text in the locale's character set, as real bytes to a process of its own. */
class CharacterSetTest {

  @TempDir
  private Path home;

  private String repo;

  @BeforeEach
  void backUp() throws IOException {
    Sample.unpack(Sample.Day.MONDAY, home.resolve("db"));
    repo = home.resolve("repo").toUri().toString();
    Ran ran = new Shell(home).run("backup", "--db", home.resolve("db"), "--repo", repo);
    assertThat(ran.exit()).as(ran.everything()).isZero();
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> list = Files.list(home)) {
      return list.filter(path -> !path.toString().contains("child")).sorted().toList();
    }
  }

  /** Runs a command whose last word is a path with a byte that is no text. */
  private Ran run(String locale, String... words) throws IOException, InterruptedException {
    return Child.startWithUnreadablePath(home, Map.of("LC_ALL", locale), List.of(words))
        .ran();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C.UTF-8", "C"})
  void aRestoreToAFolderThatCannotBeNamedMakesNoOther(String locale) throws Exception {
    List<Path> before = entries();
    Ran ran = run(locale, "restore", "--repo", repo, "--to");

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.err()).contains("option --to contains U+FFFD").contains("LC_ALL");
    assertThat(entries()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C.UTF-8", "C"})
  void aForeignNameInARepositoryOrDatabaseIsNoFailure(String locale) throws Exception {
    for (String folder : List.of("repo", "repo/chunks", "db", "db/index")) {
      OddFiles.unreadableName(home.resolve(folder));
    }
    String db = home.resolve("db").toString();
    String target = home.resolve("target").toString();
    for (List<String> words : List.of(
        List.of("backup", "--db", db, "--repo", repo, "--recheck"),
        List.of("verify", "--repo", repo, "--data"),
        List.of("restore", "--repo", repo, "--to", target))) {
      Ran ran = Child.start(home, List.of(), Map.of("LC_ALL", locale), words).ran();
      assertThat(ran.exit()).as(words + "\n" + ran.everything()).isZero();
    }
  }
}
