package io.coldstream.core.repository.manifest;

import io.coldstream.core.support.json.FormatException;

/** The form of a manifest: a {@link DigestedJson}. */
public final class ManifestJson {

  private ManifestJson() {}

  /**
   * Writes a manifest.
   *
   * @param manifest the backup
   * @return its bytes, the same for the same backup
   */
  public static byte[] write(Manifest manifest) {
    return DigestedJson.write(manifest);
  }

  /**
   * Reads a manifest.
   *
   * @param bytes the manifest
   * @param name its name, for messages
   * @param sequence the number that its name says
   * @return the backup
   * @throws FormatException as {@link DigestedJson#read}
   */
  public static Manifest read(byte[] bytes, String name, long sequence) throws FormatException {
    Manifest manifest = DigestedJson.read(bytes, name, Manifest.class);
    if (manifest.sequence() != sequence) {
      throw new FormatException(name + ": field \"sequence\" is not the number in its name");
    }
    return manifest;
  }
}
