package io.coldstream.store.s3;

import java.util.List;
import java.util.Optional;

/**
 * What is known of an S3-compatible store, where it differs from the others: what settings are when
 * nobody configures them, how far an upload can go, and what a user must know.
 *
 * @param name what the setting {@code store} calls it
 * @param hosts what the host names of its endpoints end with; empty where everybody runs their own
 * @param mostParts how many parts an upload may have
 * @param checksums how puts are protected on their way
 * @param pathStyle whether the bucket goes into the path
 * @param creation whether a put can be made to fail when the name exists
 * @param listing which unfinished uploads it lists
 */
record StoreProfile(
    String name,
    List<String> hosts,
    int mostParts,
    S3Settings.Checksums checksums,
    boolean pathStyle,
    Creation creation,
    Listing listing) {

  private static final int USUAL_MOST_PARTS = 10_000;

  /** Whether creating an object only where its name is free is one step. */
  enum Creation {
    /** It is one step: of two writers one wins. */
    ATOMIC("atomic"),
    /** The store does not document that it supports the condition. */
    NOT_DOCUMENTED("not documented"),
    /** The store overwrites: two writers can destroy each other's objects. */
    NONE("none");

    private final String shown;

    Creation(String shown) {
      this.shown = shown;
    }

    /** As the documentation's table has it. */
    String shown() {
      return shown;
    }
  }

  /** Which unfinished uploads a store lists. */
  enum Listing {
    /** All that are under a prefix. */
    BY_PREFIX("by prefix"),
    /** Those of one object, whose whole name must be given. */
    BY_NAME("by exact name");

    private final String shown;

    Listing(String shown) {
      this.shown = shown;
    }

    /** As the documentation's table has it. */
    String shown() {
      return shown;
    }
  }

  StoreProfile {
    hosts = List.copyOf(hosts);
  }

  /** A store that does everything as Amazon's does. */
  static StoreProfile likeAmazon(String name, String... hosts) {
    return new StoreProfile(
        name,
        List.of(hosts),
        USUAL_MOST_PARTS,
        S3Settings.Checksums.ALWAYS,
        false,
        Creation.ATOMIC,
        Listing.BY_PREFIX);
  }

  StoreProfile withBucketInPath() {
    return new StoreProfile(name, hosts, mostParts, checksums, true, creation, listing);
  }

  /** It knows no checksum trailers. */
  StoreProfile withoutTrailers() {
    return new StoreProfile(
        name, hosts, mostParts, S3Settings.Checksums.WHEN_REQUIRED, pathStyle, creation, listing);
  }

  StoreProfile with(Creation other) {
    return new StoreProfile(name, hosts, mostParts, checksums, pathStyle, other, listing);
  }

  StoreProfile with(Listing other) {
    return new StoreProfile(name, hosts, mostParts, checksums, pathStyle, creation, other);
  }

  StoreProfile withMostParts(int other) {
    return new StoreProfile(name, hosts, other, checksums, pathStyle, creation, listing);
  }

  /** Whether an endpoint's host is one of its own. */
  boolean isAt(String host) {
    return hosts.stream().anyMatch(own -> host.equals(own) || host.endsWith("." + own));
  }

  /** What it lacks that a writer must know; empty when nothing. */
  Optional<String> lack() {
    return switch (creation) {
      case ATOMIC -> Optional.empty();
      case NOT_DOCUMENTED ->
        Optional.of(name + " does not say that it keeps two writers from overwriting each other");
      case NONE -> Optional.of(name + " lets two writers overwrite each other");
    };
  }

  /** What to do about what it lacks; empty when nothing. */
  String advice() {
    return lack().isEmpty()
        ? ""
        : "let one agent write at a time, and protect objects by versions or a retention lock";
  }
}
