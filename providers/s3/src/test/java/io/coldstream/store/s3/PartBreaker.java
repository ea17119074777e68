package io.coldstream.store.s3;

import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Drops the connection once, when a given part begins to arrive. */
final class PartBreaker extends BreakingProxy {

  private static final Pattern PART = Pattern.compile("partNumber=(\\d+)");

  PartBreaker(URI behind, int part) throws IOException {
    super(behind, Break.at("partNumber=" + part + "\\b"));
  }

  /** The numbers of the parts that were sent, in their order. */
  List<String> parts() {
    return requests().stream()
        .flatMap(line -> PART.matcher(line).results())
        .map((MatchResult part) -> part.group(1))
        .toList();
  }
}
