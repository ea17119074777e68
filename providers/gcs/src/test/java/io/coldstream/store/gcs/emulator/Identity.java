package io.coldstream.store.gcs.emulator;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who calls.
 *
 * @param name as refusals name them
 * @param rules the first that fits decides; where none fits, the caller may not
 */
public record Identity(String name, List<Rule> rules) {

  /**
   * A line of what somebody may.
   *
   * @param allows or forbids
   * @param permission such as {@code storage.objects.create}; empty for every one
   * @param prefix of the names of objects; empty for every one, and for the bucket itself
   */
  public record Rule(boolean allows, String permission, String prefix) {
    boolean fits(String wanted, String object) {
      return (permission.isEmpty() || permission.equals(wanted)) && object.startsWith(prefix);
    }
  }

  /** Copies the rules. */
  public Identity {
    rules = List.copyOf(rules);
  }

  /** Somebody who is not allowed anything yet. */
  public static Identity named(String name) {
    return new Identity(name, List.of());
  }

  /** With a further rule that allows, after those there are. */
  public Identity allow(String permission, String prefix) {
    return with(new Rule(true, permission, prefix));
  }

  /** With a further rule that forbids, after those there are. */
  public Identity deny(String permission, String prefix) {
    return with(new Rule(false, permission, prefix));
  }

  /** With everything allowed that no rule forbids. */
  public Identity allowTheRest() {
    return allow("", "");
  }

  boolean may(String permission, String object) {
    return rules.stream()
        .filter(rule -> rule.fits(permission, object))
        .findFirst()
        .map(Rule::allows)
        .orElse(false);
  }

  /** Refuses what this caller may not. */
  void check(String permission, String object) {
    if (!may(permission, object)) {
      throw new Refusal(
          403,
          "forbidden",
          name + " does not have " + permission + " access to the Google Cloud Storage "
              + (permission.startsWith("storage.buckets") ? "bucket" : "object")
              + ". Permission '" + permission
              + "' denied on resource (or it may not exist).");
    }
  }

  private Identity with(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new Identity(name, more);
  }
}
