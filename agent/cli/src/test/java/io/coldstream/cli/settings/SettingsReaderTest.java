package io.coldstream.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.testkit.OddFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

  @TempDir
  private Path home;

  private Shell shell;

  @BeforeEach
  void shell() {
    shell = new Shell(home);
  }

  private static String shown(Ran ran, String name) {
    for (JsonNode setting : ran.json().at("/result/settings")) {
      if (setting.get("name").asText().equals(name)) {
        return setting.get("value").asText() + " | " + setting.get("setBy").asText();
      }
    }
    return "none: " + ran.everything();
  }

  private String shown(String name) {
    return shown(shell.run("config", "show", "--json"), name);
  }

  @Test
  void theFileIsBelowTheEnvironmentAndThatBelowTheOption() throws IOException {
    assertThat(shown("max-drop")).isEqualTo("16MiB | default");

    shell.configure("# sizes\nmax-drop: 1MiB\n");
    assertThat(shown("max-drop")).isEqualTo("1MiB | " + shell.configFile() + " line 2");

    shell.set("COLDSTREAM_MAX_DROP", "2MiB");
    assertThat(shown("max-drop")).isEqualTo("2MiB | environment COLDSTREAM_MAX_DROP");

    assertThat(shown(shell.run("config", "show", "--json", "--max-drop=3MiB"), "max-drop"))
        .isEqualTo("3MiB | option --max-drop");
  }

  @Test
  void ratesAndDurationsAreTakenAsPeopleWriteThem() throws RunException {
    Map<Setting, String> options = Map.of(
        Setting.LIMIT_UPLOAD, "20MiB/s",
        Setting.LIMIT_DOWNLOAD, "1k",
        Setting.FINISH_WITHIN, "90s");
    assertThat(transfer(options))
        .isEqualTo(new TransferSettings(
            OptionalLong.of(20 << 20), OptionalLong.of(1024), Optional.of(Duration.ofSeconds(90))));
    assertThat(transfer(Map.of(Setting.FINISH_WITHIN, "5m")).finishWithin())
        .contains(Duration.ofMinutes(5));
    assertThat(transfer(Map.of(Setting.FINISH_WITHIN, "2h")).finishWithin())
        .contains(Duration.ofHours(2));
    assertThat(transfer(Map.of()).isBounded()).isFalse();
  }

  private TransferSettings transfer(Map<Setting, String> options) throws RunException {
    ResultStream nowhere =
        new ResultStream(OutputStream.nullOutputStream(), StandardCharsets.UTF_8, false);
    Surroundings surroundings = new Surroundings(
        Map.of(), home, home.resolve("none"), nowhere, nowhere, Terminal.NONE, Clock.systemUTC());
    return SettingsReader.read(options, surroundings).transfer();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--limit-upload=fast", "--limit-download=-1", "--finish-within=soon"})
  void aWrongBoundIsRefusedOnEveryCommand(String option) {
    for (String command : List.of("backup", "list", "show", "verify", "demo")) {
      Ran ran = shell.run(command, option);
      assertThat(ran.exit()).as(command).isEqualTo(2);
      assertThat(ran.err()).contains("(option " + option.substring(0, option.indexOf('=')) + ")");
    }
  }

  @Test
  void aNamedFileStandsForTheUsualOne() throws IOException {
    shell.configure("label: usual\n");
    Path other = Files.writeString(home.resolve("other.yaml"), "label: other\n");

    assertThat(shown("label")).startsWith("usual");
    assertThat(shown(shell.run("--config", other, "--json", "config", "show"), "label"))
        .startsWith("other");
    assertThat(shown(
            shell.set("COLDSTREAM_CONFIG", other.toString()).run("config", "show", "--json"),
            "label"))
        .startsWith("other");
  }

  @Test
  void aNamedFileMustBeThere() {
    Ran ran = shell.run("config", "show", "--config", home.resolve("none.yaml"));

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("none.yaml").contains("there is no such file");
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void aFileThatIsNotRegularOrHasNoEndIsRefused() throws IOException {
    Path pipe = OddFiles.pipe(home.resolve("pipe"));
    for (Object file : List.of(pipe, "/dev/zero", home)) {
      Ran ran = shell.run("config", "show", "--config", file);
      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains(file + " cannot be read: it is not a regular file");
    }
    assertThat(shell
            .set("COLDSTREAM_CONFIG", pipe.toString())
            .run("config", "show")
            .exit())
        .isEqualTo(2);

    Path big = Files.write(home.resolve("big"), new byte[(1 << 20) + 1]);
    assertThat(shell.run("config", "show", "--config", big).err()).contains("longer than 1048576");
  }

  @Test
  void aNamedFileMayBeALink() throws IOException {
    Path file = Files.writeString(home.resolve("real.yaml"), "label: linked\n");
    Path link = Files.createSymbolicLink(home.resolve("link.yaml"), file);

    assertThat(shown(shell.run("config", "show", "--json", "--config", link), "label"))
        .startsWith("linked");
  }

  @ParameterizedTest
  @EnumSource(
      value = Setting.class,
      names = {"REPO", "DB", "INDEX", "LABEL", "STATE", "CONFIG"})
  void aTextThatWasAlteredWhenItWasDecodedIsRefused(Setting setting) {
    String text = setting == Setting.REPO ? "file:///a/gr\uFFFD" : "/a/gr\uFFFD";
    Ran option = shell.run("config", "show", setting.option(), text);
    assertThat(option.exit()).isEqualTo(2);
    assertThat(option.err())
        .startsWith("coldstream config show: option " + setting.option() + " contains U+FFFD")
        .contains("character set of this locale", "LC_ALL")
        .doesNotContain("/a/gr");

    Ran variable = shell.set(setting.variable(), text).run("config", "show");
    assertThat(variable.exit()).isEqualTo(2);
    assertThat(variable.err())
        .contains("(environment " + setting.variable() + "): the value" + " contains U+FFFD");
  }

  @ParameterizedTest
  @CsvSource({"--to=gr\uFFFD, option --to", "x\uFFFD, argument 2", "--resend=\uFFFD, argument 2"})
  void anyArgumentThatWasAlteredIsRefused(String argument, String place) {
    Ran ran = shell.run("restore", argument, "--json");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.json().at("/command").asText()).isEqualTo("restore");
    assertThat(ran.json().at("/error/message").asText()).startsWith(place + " contains U+FFFD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STATE_DIRECTORY", "XDG_STATE_HOME"})
  void aStateFolderThatWasAlteredIsRefused(String variable) {
    Ran ran = shell.set(variable, "/a/\uFFFD").run("list", "--repo", "file:///a");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "setting \"state\" (environment " + variable + "): the value" + " contains U+FFFD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"db", "index", "state"})
  void aPathThatCannotBeNamedIsRefused(String name) throws IOException {
    Ran ran = shell.configure(name + ": \"/a\\0b\"\n").run("config", "show");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("setting \"" + name + "\"").contains("cannot be a file name");
    assertThat(shell.run("config", "show", "--" + name, "").err()).contains("is empty");
  }

  @Test
  void aStateFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "x");
    Ran ran = shell.run("config", "show", "--state", file);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("(option --state): " + file + " is not a folder");
  }

  @Test
  void anArgumentWithAnAtSignIsNotAFileOfArguments() throws IOException {
    Path file = Files.writeString(home.resolve("words"), "config show");
    assertThat(shell.run("@" + file).exit()).isEqualTo(2);

    assertThat(shown(shell.run("config", "show", "--json", "--label", "@" + file), "label"))
        .startsWith("@" + file);
  }

  @Test
  void aUserWithoutAnEntryIsAtHomeWhereTheEnvironmentSays() {
    assertThat(Surroundings.home("/home/a", "/b")).isEqualTo(Path.of("/home/a"));
    assertThat(Surroundings.home("?", "/b")).isEqualTo(Path.of("/b"));
    assertThat(Surroundings.home("?", "")).isEqualTo(Path.of("/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rebo: x                 | line 1 setting \"rebo\" is unknown; nearest: repo",
        "config: x               | line 1 setting \"config\" is unknown",
        "discard: true           | line 1 setting \"discard\" can only be an option; give"
            + " --discard",
        "store: {parallell: 3}   | line 1 setting \"parallell\" is unknown; nearest: parallel",
        "store: 7                | must have names and values",
        "db: [a, b]              | line 1 setting \"db\" must have exactly one value",
        "just words              | must have names and values",
        "db: x                   y: z | is not valid YAML",
        "max-drop: 16 miles      | setting \"max-drop\"",
        "json: maybe             | \"maybe\" is not true or false; use true or false",
        "limit-upload: fast      | line 1): \"fast\" is not a rate; use for example 20MiB",
        "limit-upload: 20MB/h    | setting \"limit-upload\"",
        "limit-download: 20      | \"20\" is below the lowest rate; use 1KiB",
        "limit-download: 0/s     | \"0/s\" is below the lowest rate",
        "finish-within: 2 days   | \"2 days\" is not a duration; use for example 90s or 5m",
        "finish-within: 0s       | \"0s\" is not a duration",
        "arrange: crooked        | the value is not a checkpoint mode; use direct or truncate",
      })
  void aFileWithAMistakeIsRefusedAndTheMistakeNamed(String yaml, String message)
      throws IOException {
    Ran ran = shell.configure(yaml.replaceAll(" {5,}", "\n ") + "\n").run("config", "show");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains(message);
  }

  @Test
  void aNameGivenTwiceIsRefused() throws IOException {
    Ran ran = shell.configure("label: a\nlabel: b\n").run("config", "show");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("line 2");
  }

  @Test
  void aSecondDocumentIsRefused() throws IOException {
    Ran ran = shell.configure("label: a\n---\nlabel: b\n").run("config", "show");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("second YAML document");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "store:\n", "label:\n"})
  void aFileMaySayNothing(String yaml) throws IOException {
    assertThat(shell.configure(yaml).run("config", "show").exit()).isZero();
  }

  @Test
  void aStrangeVariableIsAWarning() {
    Ran ran = shell.set("COLDSTREAM_SERVICE_HOST", "10.0.0.1").run("config", "show");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err())
        .isEqualTo("warning: environment variable COLDSTREAM_SERVICE_HOST is unknown\n");
    assertThat(shell.set("COLDSTREAM_REPOS", "x").run("config", "show").err())
        .contains("environment variable COLDSTREAM_REPOS is unknown; nearest: COLDSTREAM_REPO\n");
  }

  @Test
  void anEmptyVariableIsNotSet() {
    assertThat(shell.set("COLDSTREAM_MAX_DROP", "").run("config", "show").exit())
        .isZero();
  }

  @Test
  void theUrlsQueryWinsOverTheFilesSection() throws IOException {
    shell.configure("repo: file:///a?parallel=2\nstore:\n  parallel: 3\n  attempts: 7\n");

    assertThat(shown("store.parallel")).startsWith("2 | query of the URL");
    assertThat(shown("store.attempts")).isEqualTo("7 | " + shell.configFile() + " line 4");
    assertThat(shown("repo")).startsWith("file:///a | ");
  }

  @Test
  void aWrongSettingOfTheStoreIsToldWithItsPlace() throws IOException {
    shell.configure("repo: file:///a\nstore:\n  parallel: 99\n");
    Ran inFile = shell.run("config", "show");
    assertThat(inFile.exit()).isEqualTo(2);
    assertThat(inFile.err())
        .contains("setting \"parallel\" must be a number from 1 to 64, not \"99\" ("
            + shell.configFile() + " line 3)");

    Ran inQuery = shell.run("config", "show", "--repo=file:///a?attempts=0");
    assertThat(inQuery.exit()).isEqualTo(2);
    assertThat(inQuery.err())
        .contains(
            "setting \"attempts\" must be a number from 1 to 1000, not \"0\" (query of the URL"
                + " (option --repo))");
  }

  @Test
  void theFilesSettingsOfAnotherProviderDoNotMeetAUrlGivenByHand() throws IOException {
    shell.configure("repo: s3://bucket/a\nstore:\n  region: eu-central-1\n");

    assertThat(shown("store.region")).startsWith("eu-central-1");
    Ran other = shell.run("config", "show", "--json", "--repo=file:///b");
    assertThat(other.exit()).isZero();
    assertThat(shown(other, "store.region")).startsWith("none");
    Ran inQuery = shell.run("config", "show", "--repo=file:///b?region=x");
    assertThat(inQuery.exit()).isEqualTo(2);
    assertThat(inQuery.err()).contains("region");
  }

  @Test
  void theStateFolderIsSystemdsElseTheUsers() {
    assertThat(shown("state")).isEqualTo(home.resolve(".local/state/coldstream") + " | default");
    shell.set("XDG_STATE_HOME", "/x/state");
    assertThat(shown("state")).isEqualTo("/x/state/coldstream | environment XDG_STATE_HOME");
    shell.set("STATE_DIRECTORY", "/var/lib/coldstream:/var/lib/other");
    assertThat(shown("state")).isEqualTo("/var/lib/coldstream | environment STATE_DIRECTORY");
    shell.set("COLDSTREAM_STATE", "/mine");
    assertThat(shown("state")).isEqualTo("/mine | environment COLDSTREAM_STATE");
  }

  @Test
  void proxiesAndCertificatesOfTheEnvironmentAreShownWithTheirVariable() {
    shell
        .set("HTTPS_PROXY", "http://user:geheim@proxy.example.com:3128")
        .set("http_proxy", "")
        .set("ALL_PROXY", "other.example.com")
        .set("NO_PROXY", "10.0.0.0/8")
        .set("AWS_CA_BUNDLE", "/etc/ca.pem")
        .set("SSL_CERT_FILE", "");
    Ran all = shell.run("config", "show", "--json");

    assertThat(shown(all, "network.https-proxy"))
        .isEqualTo("http://***@proxy.example.com:3128 | environment HTTPS_PROXY");
    assertThat(shown(all, "network.http-proxy"))
        .isEqualTo("http://other.example.com:1080 | environment ALL_PROXY");
    assertThat(shown(all, "network.no-proxy")).isEqualTo("10.0.0.0/8 | environment NO_PROXY");
    assertThat(shown(all, "network.certificates"))
        .isEqualTo("/etc/ca.pem | environment AWS_CA_BUNDLE");
    assertThat(all.everything()).doesNotContain("geheim").containsOnlyOnce("network.https-proxy");
  }

  @ParameterizedTest
  @CsvSource({"s3://bucket/a, true", "gs://bucket/a, false", "file:///a, false"})
  void onlyWhatHoldsForTheRepositorysStoreIsShown(String url, boolean bundle) {
    shell.set("https_proxy", "proxy.example.com:3128").set("AWS_CA_BUNDLE", "/etc/ca.pem");
    Ran ran = shell.run("config", "show", "--repo", url);

    assertThat(ran.out().contains("AWS_CA_BUNDLE")).isEqualTo(bundle);
    assertThat(ran.out().contains("network.https-proxy")).isEqualTo(!url.startsWith("file"));
  }

  @Test
  void aProxyThatCannotBeUsedIsShownWithTheReason() {
    shell.set("HTTPS_PROXY", "socks5://user:geheim@proxy.example.com");

    assertThat(shown("network.https-proxy"))
        .startsWith("(not usable: the variable HTTPS_PROXY names a proxy of the kind socks5;")
        .doesNotContain("geheim");
  }

  @Test
  void anEmptyVariableCountsAsNotSet() {
    shell.set("COLDSTREAM_TYPO", "").set("AWS_PROFILE", "").set("AZURE_STORAGE_KEY", " ");
    Ran ran = shell.run("config", "show");

    assertThat(ran.everything()).doesNotContain("COLDSTREAM_TYPO", "AWS_PROFILE", "AZURE_STORAGE");
  }

  @Test
  void aMissingRepositorySaysHowToNameOne() {
    Ran ran = shell.run("list");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--repo URL").contains("COLDSTREAM_REPO").contains("\"repo:\"");
  }
}
