package io.coldstream.core.repository.manifest;

import io.coldstream.core.support.json.FormatException;

/**
 * A document that is intact, but of a format that this version does not know. Another version of
 * Coldstream reads it.
 */
public final class UnknownFormatException extends FormatException {

  private static final long serialVersionUID = 1L;

  UnknownFormatException(String name, long format) {
    super(name + " says format " + format + "; this version reads format " + Manifest.FORMAT
        + " only: use the version of Coldstream that wrote it, or a newer one");
  }
}
