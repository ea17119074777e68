package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.cli.Pasted;
import io.coldstream.cli.Shell;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

/** Times as people type them and as list prints them. */
class TypedTimeTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir
  private Path home;

  private static TypedTime typed(String text) {
    return new TypedTime.Parser().convert(text);
  }

  private static List<String> offered(String text, ZoneId machine, String saying) {
    List<String> values = new ArrayList<>();
    assertThatThrownBy(() -> typed(text).instant(machine))
        .hasMessageContaining(saying)
        .isInstanceOfSatisfying(RunException.class, e -> {
          assertThat(e.kind()).isEqualTo(Kind.USAGE);
          e.remedies().stream().map(Remedy::argument).forEach(values::add);
        });
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T13:07:05Z, 2026-11-22T13:07:05Z",
    "2026-11-22 13:07:05 UTC, 2026-11-22T13:07:05Z",
    "2026-11-22T13:07Z, 2026-11-22T13:07:00Z",
    "2026-11-22t13:07z, 2026-11-22T13:07:00Z",
    "2026-11-22 13:07 utc, 2026-11-22T13:07:00Z",
    "2026-11-22T13:07:05.123456789Z, 2026-11-22T13:07:05.123456789Z",
    "2026-11-22T13:07:05+01:00, 2026-11-22T12:07:05Z",
    "2026-11-22 13:07 +0100, 2026-11-22T12:07:00Z",
    "2026-11-22 13:07 -05, 2026-11-22T18:07:00Z",
    "2026-11-22 13:07 UTC+05:30, 2026-11-22T07:37:00Z",
    "2026-11-22 13:07 Europe/Berlin, 2026-11-22T12:07:00Z",
    "2026-07-22T13:07 europe/berlin, 2026-07-22T11:07:00Z",
    "2026-11-22 13:07 America/Argentina/Buenos_Aires, 2026-11-22T16:07:00Z",
    "' 2026-11-22   13:07   UTC ', 2026-11-22T13:07:00Z",
  })
  void aTimeWithAZoneIsOneMoment(String text, Instant moment) throws Exception {
    assertThat(typed(text).instant(BERLIN)).isEqualTo(moment);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22, a date without a time",
    "13:07, not a date and a time",
    "22.11.2026 13:07, not a date and a time",
    "2026-11-22 25:07 UTC, there is no such",
    "2026-02-30 13:07 UTC, there is no such",
    "2026-11-22 13:07 +25:00, there is no such",
    "2026-11-22 13:07 CST, is not known; use UTC",
    "2026-11-22 13:07 Europe/Berln, is not known; use UTC",
    "٢٠٢٦-١١-٢٢ ١٣:٠٧, not a date and a time",
  })
  void whatIsNoTimeIsRefused(String text, String saying) {
    assertThatThrownBy(() -> typed(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining(saying);
  }

  @Test
  void aMistypedZoneGetsTheNearestName() {
    assertThatThrownBy(() -> typed("2026-11-22 13:07 Europe/Berln"))
        .hasMessageEndingWith("; nearest: Europe/Berlin");
  }

  @Test
  void withoutAZoneUtcAndTheMachinesZoneAreOffered() {
    assertThat(offered("2026-11-22 13:07", BERLIN, "--at 2026-11-22T13:07:00 has no time zone"))
        .containsExactly("2026-11-22T13:07:00Z", "2026-11-22T13:07:00+01:00");
    assertThat(offered("2026-11-22T13:07:05", ZoneId.of("Etc/UTC"), "has no time zone"))
        .containsExactly("2026-11-22T13:07:05Z");
    assertThat(offered("2026-11-22T13:07:05", ZoneOffset.UTC, "has no time zone"))
        .hasSize(1);
  }

  @Test
  void aTimeThatHappensTwiceIsOfferedWithBothOffsets() {
    List<String> both = List.of("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00");
    assertThat(offered(
            "2026-10-25 02:30 Europe/Berlin",
            ZoneOffset.UTC,
            "happens twice in Europe/Berlin: the clocks are set from 03:00 to 02:00"))
        .isEqualTo(both);
    List<String> withUtc = new ArrayList<>(List.of("2026-10-25T02:30:00Z"));
    withUtc.addAll(both);
    assertThat(offered("2026-10-25 02:30", BERLIN, "has no time zone")).isEqualTo(withUtc);
  }

  @Test
  void aTimeThatIsSkippedLeadsToTheMomentOfTheChange() throws Exception {
    assertThat(offered(
            "2026-03-29 02:30 Europe/Berlin",
            ZoneOffset.UTC,
            "does not exist in Europe/Berlin: the clocks are set from 02:00 to 03:00"))
        .containsExactly("2026-03-29T03:00:00+02:00");
    assertThat(offered("2026-03-29 02:30", BERLIN, "has no time zone"))
        .containsExactly("2026-03-29T02:30:00Z", "2026-03-29T03:00:00+02:00");
  }

  @Test
  void whatIsOfferedIsACommandThatRuns() throws Exception {
    String repo = home.resolve("repository").toUri().toString();
    Sample.unpack(Sample.Day.MONDAY, home.resolve("node"));
    Shell shell = new Shell(home).in(BERLIN);
    String last = shell
        .run("backup", "--db", home.resolve("node"), "--repo", repo, "--json")
        .json()
        .at("/result/restorePoint/time")
        .asText()
        .substring(0, 19);

    Ran refused =
        shell.run("restore", "--repo", repo, "--to", home.resolve("to"), "-n", "--at", last);

    assertThat(refused.exit()).as(refused.everything()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith("coldstream restore: --at " + last + " has no time zone\n")
        .contains("The time in UTC is " + last + "Z. For that, run")
        .contains("The time in this machine's zone Europe/Berlin is " + last + "+0");
    List<String> commands = Pasted.commands(refused.err());
    assertThat(commands).hasSize(2);
    Pasted pasted = new Pasted(home, "coldstream");
    List<String> inUtc = pasted.calls(commands.get(0)).get(0);
    Ran ran = shell.run(inUtc.subList(1, inUtc.size()).toArray());
    assertThat(ran.exit()).as(ran.everything()).isZero();
  }
}
