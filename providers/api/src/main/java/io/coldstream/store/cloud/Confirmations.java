package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.util.Optional;

/** Compares what a store confirms with what it was sent. */
final class Confirmations {

  private Confirmations() {}

  /** Without a version it is not a store's confirmation. */
  static String version(String shown, Optional<String> told) throws StoreException {
    return told.filter(version -> !version.isEmpty())
        .orElseThrow(() -> DriverCalls.failed(
            Operation.PUT, shown, Kind.UNAVAILABLE, "the store's answer has no version"));
  }

  /** The answer must not come before the store was sent everything. */
  static void checkSent(String shown, CountedBody body) throws StoreException {
    if (!body.isSent()) {
      throw DriverCalls.failed(
          Operation.PUT, shown, Kind.CORRUPT, "the store confirmed more than it was sent");
    }
  }

  /** Compares the checksum that the store tells, where it tells one, with that of what was sent. */
  static void checkReceived(String shown, Optional<String> crc32c, SectionBody body)
      throws StoreException {
    if (crc32c.isPresent() && !crc32c.get().equals(Checksums.text(body.crc32c()))) {
      throw otherBytes(shown);
    }
  }

  static StoreException otherBytes(String shown) {
    return DriverCalls.failed(
        Operation.PUT, shown, Kind.CORRUPT, "the store received other bytes than were sent");
  }
}
