package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.verify.history.Counts;
import io.coldstream.core.verify.history.Coverage;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.core.verify.history.Findings;
import io.coldstream.core.verify.history.Part;
import io.coldstream.core.verify.history.PartPlan;
import io.coldstream.core.verify.history.Parts;
import io.coldstream.core.verify.history.StoredFinding;
import io.coldstream.core.verify.history.Verification;
import io.coldstream.core.verify.history.VerificationHistory;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One part of a divided run. It stores its result once. Whoever finds that all parts are stored joins
 * them; if several do at once, one result counts.
 */
final class ShardRun {

  /** An id that comes again after so long is another run's. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final Repository repository;
  private final VerifyOptions options;
  private final RunShard shard;
  private final VerifyParts parts;
  private final Parts stored;
  private final List<String> notes = new ArrayList<>();

  ShardRun(Repository repository, VerifyOptions options, VerifyParts parts) {
    this.repository = repository;
    this.options = options;
    this.shard = options.shard().orElseThrow();
    this.parts = parts;
    this.stored = new Parts(repository, shard.run());
  }

  /** Runs or repeats the part, and joins all parts if this one was the last. */
  VerifyReport run() throws IOException, RunException, InterruptedException {
    PartPlan plan = plan();
    Optional<Part> earlier = stored.find(shard.index());
    Part part = earlier.isPresent() ? earlier.get() : stored(examine(plan));
    List<Integer> missing = stored.missing(plan.shards());
    ShardReport report = new ShardReport(shard, part.time(), earlier.isPresent(), missing);
    if (!missing.isEmpty()) {
      return report(part.counts(), part.findings(), Optional.empty(), report);
    }
    Conclusion whole = joined(plan);
    return report(whole.counts(), whole.findings(), store(whole), report);
  }

  private VerifyReport report(
      Counts counts, Findings findings, Optional<Verification> result, ShardReport report) {
    return new VerifyReport(
        counts,
        findings.listed().stream().map(Finding::of).toList(),
        notes,
        result,
        Optional.of(report));
  }

  private PartPlan plan() throws IOException, RunException {
    Instant now = parts.clock().instant();
    List<Long> sequences = options.sequence().isPresent()
        ? List.of(options.sequence().getAsLong())
        : repository.sequences(0);
    if (sequences.isEmpty()) {
      throw new RunException(Kind.VERIFICATION_FAILED, VerifyReport.NOTHING);
    }
    PartPlan mine = new PartPlan(
        repository.info().id(),
        shard.run(),
        shard.count(),
        now,
        sequences.get(sequences.size() - 1),
        options.sequence());
    PartPlan plan = create(() -> stored.plan(mine));
    if (plan.shards() != shard.count() || !plan.backup().equals(options.sequence())) {
      throw new RunException(
          Kind.USAGE,
          "run \"" + shard.run() + "\" began as another one, with " + plan.shards() + " shards of "
              + (plan.backup().isPresent() ? "backup " + plan.backup().getAsLong() : "all backups")
              + "; give all parts of a run the same options, and each run another --run");
    }
    if (Duration.between(plan.time(), now).compareTo(LONGEST) > 0) {
      throw new RunException(
          Kind.USAGE,
          "run \"" + shard.run() + "\" began at " + plan.time() + ", more than " + LONGEST.toDays()
              + " days ago; give a new run another --run");
    }
    return plan;
  }

  private Part examine(PartPlan plan) throws IOException, RunException, InterruptedException {
    Instant begun = parts.clock().instant();
    Examination examination = new Examination(repository, options, parts);
    Inventory inventory = examination.inventory(plan.newestBackup());
    Examined examined = examination.run(inventory, Coverage.NONE, Set.of(), soFar -> {});
    notes.addAll(examined.notes());
    return new Part(
        repository.info().id(),
        shard.run(),
        shard.index(),
        begun,
        parts.author(),
        examined.counts(),
        inventory.unreadable(),
        examined.stored());
  }

  private Part stored(Part part) throws IOException, RunException {
    return create(() -> stored.put(part));
  }

  /** What all parts found together. */
  private Conclusion joined(PartPlan plan) throws IOException, RunException {
    Counts counts = new Counts(0, 0, 0, 0);
    List<StoredFinding> findings = new ArrayList<>();
    TreeSet<Long> without = new TreeSet<>();
    long more = 0;
    for (int i = 1; i <= plan.shards(); i++) {
      Part part = stored.find(i).orElseThrow();
      counts = counts.with(part.counts());
      findings.addAll(part.findings().listed());
      without.addAll(part.without());
      more += part.findings().more();
    }
    Verification.Run run = new Verification.Run(
        plan.time(), parts.author(), Depth.DATA, plan.backup(), Optional.of(plan.run()), true);
    Inventory inventory =
        new Examination(repository, options, parts).inventory(plan.newestBackup());
    Examined all = new Examined(
        inventory,
        Set.of(),
        List.copyOf(inventory.wanted()),
        List.of(),
        List.of(),
        Optional.empty());
    return new Conclusion(
        run,
        counts,
        Findings.of(findings, more),
        Conclusion.range(Stretch.ALL, run, inventory, List.copyOf(without)),
        Optional.empty(),
        f -> all.sees(f, options, true),
        inventory);
  }

  /** Stores the whole result, if nobody has. */
  private Optional<Verification> store(Conclusion whole) throws IOException, RunException {
    VerificationHistory history = new VerificationHistory(repository);
    return create(() -> {
      VerificationHistory.Newest newest = history.newest();
      notes.addAll(newest.notes());
      return history.add(
          newest,
          (before, number) ->
              before.filter(v -> v.joined().contains(shard.run())).isPresent()
                  ? Optional.empty()
                  : Optional.of(whole.after(before, number, repository.info().id())));
    });
  }

  /** Something that needs permission to create. */
  @FunctionalInterface
  private interface Creating<T> {
    T run() throws StoreException, RunException;
  }

  private <T> T create(Creating<T> work) throws StoreException, RunException {
    try {
      return work.run();
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ACCESS_DENIED) {
        throw e;
      }
      throw new RunException(
          Kind.NO_ACCESS,
          e.getMessage() + "; the parts of a divided run are stored: this identity needs, for "
              + Layout.VERIFICATIONS + ": " + parts.permissions().apply(Permission.CREATE) + ", "
              + parts.permissions().apply(Permission.READ),
          e);
    }
  }
}
