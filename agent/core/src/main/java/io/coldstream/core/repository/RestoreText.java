package io.coldstream.core.repository;

import io.coldstream.store.spi.ManualRead;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreProviders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * {@code RESTORE.txt}: how to restore by hand. Lines that begin with a provider in brackets, or with
 * {@code [all]}, are commands of a POSIX shell; a test runs them. The lines of a provider are its own
 * ({@link StoreProvider#manualRead}).
 */
public final class RestoreText {

  private static final String PROVIDERS = "@PROVIDERS@";

  private RestoreText() {}

  /**
   * Returns the text as UTF-8.
   *
   * @return its bytes, ASCII
   */
  public static byte[] bytes() {
    return resource().replace(PROVIDERS, providers()).getBytes(StandardCharsets.US_ASCII);
  }

  private static String resource() {
    try (InputStream text = RestoreText.class.getResourceAsStream("RESTORE.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String providers() {
    return StoreProviders.all().stream()
        .sorted(Comparator.comparing(
            (StoreProvider provider) -> provider.manualRead().title()))
        .map(provider -> paragraph(provider.scheme(), provider.manualRead()))
        .collect(Collectors.joining("\n\n"));
  }

  private static String paragraph(String scheme, ManualRead read) {
    return read.commands().stream()
        .map(command -> "\n  [" + scheme + "] " + command)
        .collect(Collectors.joining("", read.title() + ":", ""));
  }
}
