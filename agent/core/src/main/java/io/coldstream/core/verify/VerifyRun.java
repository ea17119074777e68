package io.coldstream.core.verify;

import io.coldstream.core.repository.Repair;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Workers;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.core.verify.history.Verification;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Verifies backups, and stores the result beside them. Changes nothing that is there. Used by one
 * thread.
 */
public final class VerifyRun {

  private final VerifyParts parts;

  /**
   * Puts a run together.
   *
   * @param parts what it works with
   */
  public VerifyRun(VerifyParts parts) {
    this.parts = parts;
  }

  /**
   * Runs the verification.
   *
   * @param repository what; its store tries again by itself
   * @param options how much
   * @return what was checked and found; the caller asks {@link VerifyReport#requireGood()}
   * @throws RunException when it could not be done: what a store's failure means, {@link Kind#USAGE}
   *     when there is no such backup, {@link Kind#VERIFICATION_FAILED} when nothing could be read
   */
  public VerifyReport run(Repository repository, VerifyOptions options) throws RunException {
    try {
      parts.listener().on(new RunEvent.StepStarted(Step.VERIFY));
      return options.shard().isPresent()
          ? new ShardRun(repository, options, parts).run()
          : whole(repository, options);
    } catch (RunException | RuntimeException e) {
      throw e;
    } catch (StoreException e) {
      throw RunException.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(Kind.INTERRUPTED, "stopped before everything was verified", e);
    } catch (IOException e) {
      throw new RunException(Kind.INTERNAL, "unexpected: " + e, e);
    }
  }

  private VerifyReport whole(Repository repository, VerifyOptions options)
      throws IOException, RunException, InterruptedException {
    Results results = Results.open(repository, options, parts, parts.clock().instant());
    Examination examination = new Examination(repository, options, parts);
    Inventory inventory = examination.inventory(Long.MAX_VALUE);
    Examined examined =
        examination.run(inventory, results.coverage(), results.faulty(), results::save);
    List<Finding> findings = new ArrayList<>(examined.findings());
    findings.addAll(results.unseen(examined));
    requireRead(examined, findings, options);
    boolean none = inventory.backups().isEmpty() && inventory.unreadable().isEmpty();
    Optional<Verification> stored = none ? Optional.empty() : results.finish(examined);
    List<String> notes = new ArrayList<>(examined.notes());
    notes.addAll(results.notes());
    new LostCheckpoints(findings, inventory).note().ifPresent(notes::add);
    if (options.sequence().isPresent()) {
      notes.addAll(others(repository, options.sequence().getAsLong()));
    }
    return new VerifyReport(examined.counts(), findings, notes, stored, Optional.empty());
  }

  /** A run that was to read, and read nothing, has failed. */
  private static void requireRead(Examined examined, List<Finding> findings, VerifyOptions options)
      throws RunException {
    boolean reads = options.depth() != Depth.STRUCTURE;
    if (reads
        && !examined.inventory().backups().isEmpty()
        && examined.read().isEmpty()
        && findings.isEmpty()) {
      throw new RunException(
          Kind.VERIFICATION_FAILED, "nothing could be read: no object of a backup is there");
    }
  }

  /** Manifests beside the one that was asked for: their faults are notes, not findings. */
  private List<String> others(Repository repository, long sequence)
      throws IOException, RunException, InterruptedException {
    Map<Long, String> notes = new ConcurrentSkipListMap<>();
    List<Workers.Task<Optional<Manifest>>> reads = new ArrayList<>();
    for (long other : repository.sequences(0)) {
      if (other != sequence) {
        reads.add(() -> repository.readableManifest(
            other, e -> notes.put(other, e.getMessage() + Repair.ofManifest(e, other))));
      }
    }
    parts.workers().all(reads);
    return List.copyOf(notes.values());
  }
}
