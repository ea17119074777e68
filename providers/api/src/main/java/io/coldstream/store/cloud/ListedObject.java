package io.coldstream.store.cloud;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoredObject;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An entry of a listing.
 *
 * @param key the whole key
 * @param lengthBytes empty for what is no object, or none yet
 * @param version empty for what is no object, or none yet
 * @param crc32c the checksum of the content, as {@link Checksums} writes it, where the store tells it
 * @param mark the {@link NewObject#mark} of the put that made it, where the store keeps it
 * @param created when it was created, by the store's clock, where the store tells it
 */
public record ListedObject(
    String key,
    OptionalLong lengthBytes,
    Optional<String> version,
    Optional<String> crc32c,
    Optional<String> mark,
    Optional<Instant> created) {

  /**
   * An entry without a time.
   *
   * @param key as above
   * @param lengthBytes as above
   * @param version as above
   * @param crc32c as above
   * @param mark as above
   */
  public ListedObject(
      String key,
      OptionalLong lengthBytes,
      Optional<String> version,
      Optional<String> crc32c,
      Optional<String> mark) {
    this(key, lengthBytes, version, crc32c, mark, Optional.empty());
  }

  /**
   * Whether it is an object: folders, and what is still arriving, are none, not even foreign.
   *
   * @return true when it has a length and a version
   */
  public boolean isWhole() {
    return lengthBytes.isPresent() && version.isPresent();
  }

  /**
   * Whether it has a content of this length and checksum.
   *
   * @param otherLengthBytes the length
   * @param otherCrc32c the checksum, as {@link Checksums} writes it
   * @return true when it surely has
   */
  public boolean isSurely(long otherLengthBytes, String otherCrc32c) {
    return lengthBytes.equals(OptionalLong.of(otherLengthBytes))
        && crc32c.equals(Optional.of(otherCrc32c));
  }

  /**
   * The object.
   *
   * @param name what its key says
   * @return the object
   */
  public StoredObject stored(ObjectName name) {
    return new StoredObject(name, lengthBytes.orElseThrow(), version.orElseThrow());
  }
}
