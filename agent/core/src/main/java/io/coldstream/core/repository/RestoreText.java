package io.coldstream.core.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code RESTORE.txt}: how to restore by hand. Lines that begin with a provider in brackets, or with
 * {@code [all]}, are commands of a POSIX shell; a test runs them.
 */
public final class RestoreText {

  private RestoreText() {}

  /**
   * Returns the text as UTF-8.
   *
   * @return its bytes, ASCII
   */
  public static byte[] bytes() {
    try (InputStream text = RestoreText.class.getResourceAsStream("RESTORE.txt")) {
      return text.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
