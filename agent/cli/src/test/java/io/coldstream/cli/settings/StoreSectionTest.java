package io.coldstream.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.cli.Shell;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.spi.StoreProviders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The file's settings of one provider under another provider's URL. */
class StoreSectionTest {

  private static final Map<String, Set<String>> KNOWN = StoreProviders.settingNames();

  private static final Map<String, String> URLS = Map.of(
      "s3", "s3://bucket/p",
      "az", "az://account/container/p",
      "gs", "gs://bucket/p",
      "file", "file:///backup/p");

  @TempDir
  private Path home;

  private static Map<String, Located> section(String... names) {
    Map<String, Located> section = new TreeMap<>();
    for (String name : names) {
      section.put(name, new Located("x", new Origin.InFile(Path.of("/c.yaml"), 1)));
    }
    return section;
  }

  private static Optional<Located> repo(String url) {
    return Optional.of(new Located(url, new Origin.InFile(Path.of("/c.yaml"), 1)));
  }

  private static Set<String> names(String scheme, Optional<Located> repo, String... names)
      throws RunException {
    return new StoreSection(section(names), repo, KNOWN).namesFor(scheme);
  }

  static Stream<Arguments> otherProviders() {
    return URLS.keySet().stream()
        .flatMap(file -> URLS.keySet().stream()
            .filter(url -> !url.equals(file))
            .map(url -> Arguments.of(file, url)));
  }

  @ParameterizedTest
  @MethodSource("otherProviders")
  void noSettingOfTheFilesProviderIsUsedForAnother(String ofFile, String ofUrl)
      throws RunException {
    List<String> names = new ArrayList<>(KNOWN.get(ofFile));
    if (!names.isEmpty()) {
      names.add("storage-class");
    }
    names.addAll(List.of("part-size", "ca-file"));
    String[] all = names.toArray(String[]::new);

    assertThat(names(ofUrl, repo(URLS.get(ofFile)), all)).containsExactly("ca-file", "part-size");
    assertThat(names(ofFile, repo(URLS.get(ofFile)), all)).containsExactlyInAnyOrder(all);
  }

  @ParameterizedTest
  @MethodSource("otherProviders")
  void withoutARepositoryInTheFileTheSettingsBesideTell(String ofFile, String ofUrl)
      throws RunException {
    String[] all = KNOWN.get(ofFile).toArray(String[]::new);

    assertThat(names(ofUrl, Optional.empty(), all)).isEmpty();
    assertThat(names(ofFile, Optional.empty(), all)).containsExactlyInAnyOrder(all);
  }

  @Test
  void aSettingThatNothingTellsOfHoldsForTheUrl() throws RunException {
    for (String scheme : List.of("s3", "az", "gs")) {
      assertThat(names(scheme, Optional.empty(), "endpoint", "storage-class"))
          .containsExactly("endpoint", "storage-class");
      assertThat(names(scheme, repo("file:///backup/p"), "endpoint")).containsExactly("endpoint");
    }
    assertThat(names("file", Optional.empty(), "endpoint", "storage-class")).isEmpty();
  }

  @Test
  void aSettingThatMayBeOfTwoProvidersIsRefused() {
    assertThatThrownBy(
            () -> names("az", Optional.empty(), "endpoint", "region", "encryption-scope"))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(RunException.Kind.USAGE))
        .hasMessageContainingAll("\"endpoint\" (/c.yaml line 1)", "az:", "\"region\"", "\"repo:\"");
  }

  @Test
  void settingsOfTwoProvidersMayStandSideBySide() throws RunException {
    String[] names = {"endpoint", "region", "encryption-scope"};

    assertThat(names("s3", repo("s3://b"), names)).containsExactly("endpoint", "region");
    assertThat(names("az", repo("s3://b"), names)).containsExactly("encryption-scope");
  }

  @ParameterizedTest
  @MethodSource("otherProviders")
  void theCommandUsesNoEndpointOfAnotherProvider(String ofFile, String ofUrl) throws IOException {
    Shell shell = new Shell(home);
    shell.configure(
        "repo: " + URLS.get(ofFile) + "\nstore:\n  region: eu-central-1\n  endpoint: http://h\n");

    Ran ran = shell.run("config", "show", "--repo", URLS.get(ofUrl));
    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out().contains("http://h"))
        .isEqualTo(ofFile.equals("file") && ofUrl.equals("s3"));
  }
}
