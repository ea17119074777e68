package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine's locale changes neither what is stored nor what is printed. */
class LocaleTest {

  @TempDir
  private Path home;

  private Ran run(String language, String country, Object... words)
      throws IOException, InterruptedException {
    List<String> locale = List.of("-Duser.language=" + language, "-Duser.country=" + country);
    return Child.start(
            home, locale, Map.of(), Stream.of(words).map(Object::toString).toList())
        .ran();
  }

  /** Digits of their own, an i without a dot, a calendar of its own. */
  @ParameterizedTest
  @CsvSource({"fa,IR", "ar,EG", "tr,TR", "th,TH"})
  void aBackupMadeUnderAnyLocaleIsRestoredUnderEveryOther(String language, String country)
      throws IOException, InterruptedException {
    Fixture series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    Path repository = home.resolve("repository");
    String repo = "--repo=" + repository.toUri();
    for (String day : List.of("day1", "day2")) {
      Ran backup = run(language, country, "backup", "--db", series.database(day), repo);
      assertThat(backup.exit()).as(backup.everything()).isZero();
      assertThat(backup.everything()).matches("\\p{ASCII}*");
    }

    try (Stream<Path> files = Files.walk(repository)) {
      assertThat(files.map(f -> repository.relativize(f).toString()))
          .contains("manifests/000000000001.json", "manifests/000000000002.json")
          .allMatch(name -> name.matches("\\p{Graph}*"));
    }
    assertThat(new Shell(home).run("list", repo, "--json").json().at("/result/backups"))
        .hasSize(2);
    assertThat(run(language, country, "list", repo).out()).matches("\\p{ASCII}*");
    Ran restore = run("en", "US", "restore", "--to", home.resolve("restored"), repo);
    assertThat(restore.exit()).as(restore.everything()).isZero();
  }
}
