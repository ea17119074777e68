package io.coldstream.core.repository;

import io.coldstream.store.spi.ManualRead;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreProviders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code RESTORE.txt}: how to restore by hand, and {@code RESTORE.sh}, which does it. Lines of the text
 * that begin with a provider in brackets, or with {@code [all]}, are commands of a POSIX shell; the
 * script is made of them, and tests run both. The lines of a provider are its own ({@link
 * StoreProvider#manualRead}).
 */
public final class RestoreText {

  private static final String PROVIDERS = "@PROVIDERS@";
  private static final String COMMAND = "  [all] ";
  private static final String NEXT = "STEP 7.";

  private RestoreText() {}

  /**
   * Returns the text as UTF-8.
   *
   * @return its bytes, ASCII
   */
  public static byte[] bytes() {
    return text().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Returns the script as UTF-8.
   *
   * @return its bytes, ASCII
   */
  public static byte[] script() {
    String text = text();
    return resource("RESTORE.sh")
        .replace("@URLS@", each("\n", p -> "#                 " + p.manualRead().urlForm()))
        .replace("@READ@", each("\n", p -> read(p.scheme(), p.manualRead())))
        .replace("@COMMANDS@", commands(text))
        .replace("@NEXT@", text.substring(text.indexOf(NEXT) + NEXT.length()).strip())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String text() {
    return resource("RESTORE.txt")
        .replace(PROVIDERS, each("\n\n", p -> paragraph(p.scheme(), p.manualRead())));
  }

  private static String resource(String name) {
    try (InputStream text = RestoreText.class.getResourceAsStream(name)) {
      return new String(text.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String each(String between, Function<StoreProvider, String> part) {
    return StoreProviders.all().stream()
        .sorted(Comparator.comparing(
            (StoreProvider provider) -> provider.manualRead().title()))
        .map(part)
        .collect(Collectors.joining(between));
  }

  private static String paragraph(String scheme, ManualRead read) {
    return Stream.of("REPO=" + read.example(), read.get())
        .map(command -> "\n  [" + scheme + "] " + command)
        .collect(Collectors.joining("", read.title() + ":", ""));
  }

  private static String read(String scheme, ManualRead read) {
    return "  " + scheme + ":*)\n    REPO=" + read.ofUrl() + "\n    " + read.get() + "\n    ;;";
  }

  /** All but the two that say which backup and where to. */
  private static String commands(String text) {
    return text.lines()
        .filter(line -> line.startsWith(COMMAND))
        .map(line -> line.substring(COMMAND.length()))
        .filter(line -> !line.startsWith("BACKUP=") && !line.startsWith("TARGET="))
        .collect(Collectors.joining("\n"));
  }
}
