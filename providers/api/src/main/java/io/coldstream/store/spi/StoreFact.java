package io.coldstream.store.spi;

import java.util.Objects;

/**
 * Something that a provider reports about a place.
 *
 * @param topic what it is about
 * @param severity what it means for backups
 * @param what the fact, or why it is not known; never a secret
 * @param advice what to do about it; empty when nothing
 */
public record StoreFact(Topic topic, Severity severity, String what, String advice) {

  /** What a fact is about. */
  public enum Topic {
    /** Whose credentials are used, and where they were found. */
    IDENTITY,
    /** Where the place is. */
    REGION,
    /** Which kind of store it is, and what that one is known to lack. */
    STORE,
    /** Whether removed and replaced objects are kept as versions. */
    VERSIONING,
    /** Whether objects are locked against removal. */
    RETENTION,
    /** What encrypts objects at rest. */
    ENCRYPTION,
    /** Whether creating excludes other writers; reported only where it does not. */
    CREATION,
    /** Whether a rule of the store removes objects when they get old. */
    EXPIRY
  }

  /** What a fact means for backups. */
  public enum Severity {
    /** As it should be, or harmless. */
    GOOD,
    /** Worth a look; nothing fails because of it. */
    CONCERN,
    /** Not reported: by this store, or to this identity. */
    UNKNOWN
  }

  /** Checks that nothing is missing. */
  public StoreFact {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(advice, "advice");
  }

  /**
   * A fact that is as it should be, or harmless.
   *
   * @param topic what it is about
   * @param what the fact
   * @return it
   */
  public static StoreFact good(Topic topic, String what) {
    return new StoreFact(topic, Severity.GOOD, what, "");
  }

  /**
   * A rule that will remove objects that backups rely on.
   *
   * @param rule its name, or what it is called where it has none
   * @return the fact
   */
  public static StoreFact expires(String rule) {
    return new StoreFact(
        Topic.EXPIRY,
        Severity.CONCERN,
        rule + " removes objects under this prefix when they get old: backups rely on old objects",
        "remove the rule, or limit it to other prefixes; then run coldstream backup --recheck");
  }

  /**
   * Creating does not exclude other writers, because somebody wants it so.
   *
   * @param why by what
   * @return the fact
   */
  public static StoreFact oneWriter(String why) {
    return new StoreFact(
        Topic.CREATION,
        Severity.CONCERN,
        "not tried: names are only looked up before and after an object is created, " + why
            + "; two writers can overwrite each other",
        "UNFIT FOR TWO WRITERS: make sure that only one agent ever writes here");
  }

  /**
   * A fact that is not known.
   *
   * @param topic what it is about
   * @param why why not
   * @return it
   */
  public static StoreFact unknown(Topic topic, String why) {
    return new StoreFact(topic, Severity.UNKNOWN, why, "");
  }
}
