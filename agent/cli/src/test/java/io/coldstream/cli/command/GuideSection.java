package io.coldstream.cli.command;

import io.coldstream.cli.Pages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a page: commands, which are indented, and what they print, which is fenced.
 *
 * @param commands the commands in their order
 * @param shown the pieces of output; three dots on the page end a piece
 */
record GuideSection(List<String> commands, List<String> shown) {

  private static final String FENCE = "```";

  /** The lines between a heading and the next one. */
  static GuideSection of(String page, String heading) throws IOException {
    List<String> lines = Pages.lines(page);
    int start = lines.indexOf(heading);
    if (start < 0) {
      throw new IllegalArgumentException(page + " has no " + heading);
    }
    List<String> after = lines.subList(start + 1, lines.size());
    return of(after.stream().takeWhile(line -> !line.startsWith("##")).toList());
  }

  static GuideSection whole(String page) throws IOException {
    return of(Pages.lines(page));
  }

  private static GuideSection of(List<String> lines) {
    List<String> commands = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    StringBuilder fenced = null;
    // Indented lines that follow text continue it.
    boolean inText = false;
    for (String line : lines) {
      if (line.strip().equals(FENCE)) {
        if (fenced == null) {
          fenced = new StringBuilder();
        } else {
          shown.addAll(pieces(fenced.toString()));
          fenced = null;
        }
      } else if (fenced != null) {
        fenced.append(line).append('\n');
      } else if (!inText && line.matches(" {4,}[a-z].*")) {
        commands.add(line.strip());
      } else {
        inText = !line.isBlank();
      }
    }
    return new GuideSection(commands, shown);
  }

  private static List<String> pieces(String output) {
    return Arrays.stream(output.split("\\.\\.\\."))
        .map(GuideSection::alike)
        .filter(piece -> !piece.isBlank())
        .toList();
  }

  /** An output without what differs from run to run and from terminal to terminal. */
  static String alike(String output) {
    return output
        .replaceAll("\\d[\\d,.:]*", "#")
        .replaceAll("# [KMGT]iB", "# MiB")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
