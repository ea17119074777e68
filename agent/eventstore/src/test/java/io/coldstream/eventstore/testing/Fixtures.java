package io.coldstream.eventstore.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * The real data directories, made by real nodes of four versions with chunks of 256 KiB.
 *
 * <p>{@code fresh}: started once. {@code orders}: several starts, stopped cleanly. {@code series}:
 * the same database on three days, scavenged before the third. {@code crash}: killed under load.
 * {@code cluster}: a leader and a follower, killed at nearly the same moment.
 */
public final class Fixtures {

  /** The server versions, the oldest first. */
  public static final List<String> VERSIONS =
      List.of("eventstoredb-20.10", "eventstoredb-23.10", "eventstoredb-24.10", "kurrentdb-26.1");

  /** The newest server version. */
  public static final String NEWEST = VERSIONS.get(VERSIONS.size() - 1);

  private Fixtures() {}

  /**
   * Every fixture.
   *
   * @return their names, see {@link Fixture#unpack}
   */
  public static List<String> names() {
    return Stream.concat(
            Stream.of("fresh", "orders", "series", "crash")
                .flatMap(name -> VERSIONS.stream().map(version -> name + "-" + version)),
            Stream.of("cluster-" + NEWEST))
        .toList();
  }
}
