package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What code, tests and pages say of each other's places: citations of facts, and links. */
class DocumentationLinksTest {

  private static final Path ROOT = Pages.root();
  private static final Path FACTS = ROOT.resolve("src/site/markdown/database-files.md");
  private static final Path SELF =
      ROOT.resolve("agent/cli/src/test/java/io/coldstream/cli/DocumentationLinksTest.java");

  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
  private static final Pattern CITATION =
      Pattern.compile("database-files\\.md#([A-Za-z0-9-]*[A-Za-z0-9])?");
  private static final Pattern OWN_LINK = Pattern.compile("\\]\\(#([^)]+)\\)");
  private static final Pattern ANCHORED_LINK = Pattern.compile("\\]\\(([^)#:\\s]*)#([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern OLD_CITATION =
      Pattern.compile("eventstore-files|F§|design §|\\(design:");

  @Test
  void everyAnchorOfTheFactsStandsOnce() throws IOException {
    assertThat(found(ANCHOR, Files.readString(FACTS), match -> match.group(1)))
        .hasSizeGreaterThan(50)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyCitedFactIsOnThePage() throws IOException {
    Set<String> anchors =
        Set.copyOf(found(ANCHOR, Files.readString(FACTS), match -> match.group(1)));
    Map<Path, List<String>> cited =
        foundInTree(CITATION, match -> match.group(1) == null ? "" : match.group(1));
    cited.put(FACTS, found(OWN_LINK, Files.readString(FACTS), match -> match.group(1)));
    assertThat(cited).hasSizeGreaterThan(50);
    assertThat(only(cited, anchor -> !anchors.contains(anchor))).isEmpty();
  }

  @Test
  void nothingCitesADocumentThatIsNotInTheTree() throws IOException {
    assertThat(foundInTree(OLD_CITATION, MatchResult::group)).isEmpty();
  }

  @Test
  void everyLinkOfAPageLeadsToAFile() throws IOException {
    Map<Path, List<String>> dead = new TreeMap<>();
    for (Map.Entry<Path, String> page :
        tree(file -> file.toString().endsWith(".md")).entrySet()) {
      List<String> targets = found(LINK, page.getValue(), match -> match.group(1));
      targets.removeIf(target -> Files.exists(page.getKey().resolveSibling(target)));
      if (!targets.isEmpty()) {
        dead.put(ROOT.relativize(page.getKey()), targets);
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyAnchorOfALinkIsOnItsPage() throws IOException {
    Map<Path, String> pages = tree(file -> file.toString().endsWith(".md"));
    Map<Path, Set<String>> anchors = new TreeMap<>();
    pages.forEach((page, text) -> anchors.put(page, anchors(text)));
    Map<Path, List<String>> dead = new TreeMap<>();
    pages.forEach((page, text) -> {
      List<String> targets =
          found(ANCHORED_LINK, text, link -> link.group(1) + "#" + link.group(2));
      targets.removeIf(target -> {
        String[] parts = target.split("#", 2);
        Path other = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return anchors.getOrDefault(other, Set.of()).contains(parts[1]);
      });
      if (!targets.isEmpty()) {
        dead.put(ROOT.relativize(page), targets);
      }
    });
    assertThat(dead).isEmpty();
  }

  /** What can follow {@code #}: the named anchors, and those that a reader makes of headings. */
  private static Set<String> anchors(String page) {
    List<String> anchors = found(ANCHOR, page, match -> match.group(1));
    anchors.addAll(found(
        HEADING,
        page,
        match -> match
            .group(1)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9 _-]", "")
            .replace(' ', '-')));
    return Set.copyOf(new HashSet<>(anchors));
  }

  private static Map<Path, List<String>> only(
      Map<Path, List<String>> cited, Predicate<String> wanted) {
    return cited.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(wanted))
        .collect(Collectors.toMap(
            Map.Entry::getKey, entry -> entry.getValue().stream().filter(wanted).toList()));
  }

  private static Map<Path, List<String>> foundInTree(
      Pattern pattern, Function<MatchResult, String> part) throws IOException {
    Map<Path, List<String>> byFile = new TreeMap<>();
    tree(file -> true).forEach((file, text) -> {
      List<String> parts = found(pattern, text, part);
      if (!parts.isEmpty()) {
        byFile.put(ROOT.relativize(file), parts);
      }
    });
    return byFile;
  }

  private static List<String> found(
      Pattern pattern, String text, Function<MatchResult, String> part) {
    return new ArrayList<>(pattern.matcher(text).results().map(part).toList());
  }

  /** The texts of code and pages in the checkout, this file and what was built excepted. */
  private static Map<Path, String> tree(Predicate<Path> wanted) throws IOException {
    Map<Path, String> texts = new TreeMap<>();
    Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String name = folder.getFileName().toString();
        // A package has that name too.
        boolean built = name.equals("target") && Files.exists(folder.resolveSibling("pom.xml"));
        return built || name.equals(".git")
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        if (file.toString().matches(".*\\.(java|md)") && !file.equals(SELF) && wanted.test(file)) {
          texts.put(file, Files.readString(file));
        }
        return FileVisitResult.CONTINUE;
      }
    });
    return texts;
  }
}
