package io.coldstream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads the user documentation, to compare it with the program. */
public final class Pages {

  private Pages() {}

  /** A page of {@code src/site/markdown}, found from whatever folder the tests run in. */
  public static List<String> lines(String name) throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("src/site/markdown"))) {
      folder = folder.getParent();
    }
    return Files.readAllLines(folder.resolve("src/site/markdown").resolve(name));
  }

  /** The rows of all tables of a page, as trimmed cells without code marks. */
  public static List<List<String>> rows(String name) throws IOException {
    return lines(name).stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|--"))
        .map(line -> Arrays.stream(
                line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
            .map(cell -> cell.strip().replace("`", "").replace("\\|", "|"))
            .toList())
        .toList();
  }
}
