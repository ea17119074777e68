package io.coldstream.cli;

import io.coldstream.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Commands under a shared access signature: in a process of their own, which has no key. */
final class AzuriteCommand {

  private AzuriteCommand() {}

  /** Runs one; neither what it prints nor its state may tell the signature. */
  static Ran run(Path home, String url, String token, Object... words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    for (Object word : words) {
      line.add(word.toString());
    }
    line.add("--repo=" + url);
    Ran ran = Child.start(home, List.of(), Map.of("AZURE_STORAGE_SAS_TOKEN", token), line)
        .ran();
    Leaks.assertNone(ran, home, signature(token));
    return ran;
  }

  /** The longest piece of it that is the same whether or not it is encoded. */
  private static String signature(String token) {
    String value = token.substring(token.indexOf("sig=") + "sig=".length()).split("&", 2)[0];
    return Stream.of(value.split("%[0-9A-Fa-f]{2}"))
        .max(Comparator.comparingInt(String::length))
        .orElseThrow();
  }
}
