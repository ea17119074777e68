package io.coldstream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads the user documentation, to compare it with the program. */
public final class Pages {

  private Pages() {}

  /** The root of the checkout, found from whatever folder the tests run in. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("src/site/markdown"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** A page of {@code src/site/markdown}. */
  public static List<String> lines(String name) throws IOException {
    return Files.readAllLines(root().resolve("src/site/markdown").resolve(name));
  }

  /** The rows of all tables of a page, as trimmed cells without code marks. */
  public static List<List<String>> rows(String name) throws IOException {
    return rows(lines(name));
  }

  /** The rows of all tables in a part of a page. */
  public static List<List<String>> rows(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|--"))
        .map(line -> Arrays.stream(
                line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
            .map(cell -> cell.strip().replace("`", "").replace("\\|", "|"))
            .toList())
        .toList();
  }
}
