package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.verify.history.Coverage;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.core.verify.history.StoredFinding;
import io.coldstream.core.verify.history.Verification;
import io.coldstream.core.verify.history.VerificationHistory;
import io.coldstream.core.verify.history.VerificationHistory.Newest;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What earlier runs found, and where this one stores what it finds. What cannot be read or stored is a
 * warning: the run goes on, and its report holds what it found. For one run, by one thread.
 */
final class Results {

  private final Repository repository;
  private final VerifyOptions options;
  private final VerifyParts parts;
  private final VerificationHistory history;
  private final Instant begun;
  private Optional<Newest> known = Optional.empty();
  private Optional<ObjectName> cursor = Optional.empty();
  private Instant saved;

  private Results(Repository repository, VerifyOptions options, VerifyParts parts, Instant begun) {
    this.repository = repository;
    this.options = options;
    this.parts = parts;
    this.history = new VerificationHistory(repository);
    this.begun = begun;
    this.saved = parts.clock().instant();
  }

  /**
   * Reads what earlier runs found.
   *
   * @param begun when the run began
   */
  static Results open(
      Repository repository, VerifyOptions options, VerifyParts parts, Instant begun)
      throws RunException {
    Results results = new Results(repository, options, parts, begun);
    try {
      Newest newest = results.history.newest();
      results.known = Optional.of(newest);
      results.cursor = results.coverage().cursor();
    } catch (StoreException e) {
      results.warn(
          "what earlier verifications found is not known, and the result of this one is"
              + " not stored",
          e,
          Permission.READ);
    } catch (RunException e) {
      results.warn(
          "what earlier verifications found is not known, and the result of this one is"
              + " not stored",
          e);
    }
    return results;
  }

  /** Results that are damaged; no backup depends on them. */
  List<String> notes() {
    return known.map(Newest::notes).orElse(List.of());
  }

  /** What was read when, as far as it is known. */
  Coverage coverage() {
    return newest().map(Verification::coverage).orElse(Coverage.NONE);
  }

  private Optional<Verification> newest() {
    return known.flatMap(Newest::verification);
  }

  /** The objects that were found wrong, and not seen to be right since. */
  Set<ObjectName> faulty() {
    return newest().stream()
        .flatMap(v -> v.findings().listed().stream())
        .map(StoredFinding::object)
        .collect(Collectors.toSet());
  }

  /** Faults in the range of this run that earlier runs found, and that this one could not see. */
  List<Finding> unseen(Examined examined) {
    return newest().stream()
        .flatMap(v -> v.findings().listed().stream())
        .filter(
            f -> options.sequence().isEmpty() || f.concerns(options.sequence().getAsLong()))
        .filter(f -> !examined.sees(f, options, true))
        .filter(f -> examined.findings().stream().noneMatch(own -> own.stored().equals(f)))
        .map(Finding::of)
        .toList();
  }

  /** Stores what a long run has read so far, if the last time is long enough ago. */
  void save(Examined soFar) throws RunException {
    Duration since = Duration.between(saved, parts.clock().instant());
    if (since.compareTo(parts.saving().after()) >= 0 && options.sequence().isEmpty()) {
      add(soFar, false);
      saved = parts.clock().instant();
    }
  }

  /** Stores the result; empty when it could not be stored. */
  Optional<Verification> finish(Examined examined) throws RunException {
    return add(examined, true);
  }

  private Optional<Verification> add(Examined examined, boolean complete) throws RunException {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    try {
      Conclusion conclusion = conclusion(examined, complete);
      Optional<Verification> added = history.add(
          known.get(),
          (before, number) ->
              Optional.of(conclusion.after(before, number, repository.info().id())));
      added.ifPresent(v -> {
        known = Optional.of(new Newest(added, v.number(), notes()));
        cursor = v.coverage().cursor();
      });
      return added;
    } catch (StoreException e) {
      String again = options.depth() == Depth.SAMPLE
          ? ", and the next --sample reads the same share again"
          : "";
      warn("the result of this verification is not stored" + again, e, Permission.CREATE);
      known = e.kind() == StoreException.Kind.ACCESS_DENIED ? Optional.empty() : known;
    } catch (RunException e) {
      warn("the result of this verification is not stored", e);
    }
    return Optional.empty();
  }

  private Conclusion conclusion(Examined examined, boolean complete) {
    Verification.Run run = new Verification.Run(
        begun, parts.author(), options.depth(), options.sequence(), Optional.empty(), complete);
    Inventory inventory = examined.inventory();
    return new Conclusion(
        run,
        examined.counts(),
        examined.stored(),
        examined
            .stretch()
            .flatMap(s -> Conclusion.range(s, run, inventory, inventory.unreadable())),
        examined
            .stretch()
            .filter(s -> options.depth() == Depth.SAMPLE)
            .map(s -> new Conclusion.Turn(cursor, s)),
        f -> examined.sees(f, options, complete),
        inventory);
  }

  private void warn(String consequence, StoreException cause, Permission permission) {
    warn(consequence + ": " + cause.getMessage()
        + (cause.kind() == StoreException.Kind.ACCESS_DENIED
            ? "; this identity needs, for " + Layout.VERIFICATIONS + ": "
                + parts.permissions().apply(permission)
            : ""));
  }

  private void warn(String consequence, RunException cause) throws RunException {
    if (cause.kind() == Kind.INTERRUPTED) {
      throw cause;
    }
    warn(consequence + ": " + cause.getMessage());
  }

  private void warn(String text) {
    parts.listener().on(new RunEvent.Warning(text));
  }
}
