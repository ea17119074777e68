package io.coldstream.core.doctor;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.RandomId;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries on a store, one check of {@link Checks} after the other, what Coldstream needs of it, and
 * reports what is missing.
 *
 * <p>It works under {@code doctor/<run>/}, where a repository has no objects, and removes what it
 * created, also when it is interrupted. Objects that stay there, because the identity cannot delete,
 * do not count for any other command: a prefix that holds nothing else is empty for a first backup.
 * Objects of a repository are at most listed and read.
 */
public final class Doctor {

  /** How many create the same object at once; the workers must be as many. */
  public static final int CONTENDERS = 8;

  /** How small the parts are: the smallest size that every provider takes. */
  public static final long PART_BYTES = 5L << 20;

  /** How many MiB a doctor sends to a store that resumes uploads. */
  public static final int SENT_MIB = 28;

  /** How many MiB it sends to a store that neither resumes nor lists unfinished uploads. */
  public static final int MAX_SENT_MIB = 44;

  private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

  private final StoreDescription description;
  private final Role role;
  private final Scratch scratch;
  private final CreateChecks create;
  private final PartChecks part;
  private final List<CheckResult> results = new ArrayList<>();
  private boolean stopped;

  private Doctor(
      DoctorStores stores,
      StoreDescription description,
      Workers workers,
      RandomGenerator random,
      Role role) {
    this.description = description;
    this.role = role;
    this.scratch = new Scratch(
        stores.store(), new ObjectPrefix(Layout.DOCTOR.value() + RandomId.next(random) + "/"));
    boolean mayRead = role == Role.ANY;
    this.create = new CreateChecks(scratch, mayRead, workers, random, description.storageClass());
    this.part = new PartChecks(scratch, mayRead, stores, random, description.permissions());
  }

  /**
   * Examines a store.
   *
   * @param stores the store
   * @param description what is known about it
   * @param workers threads for {@link #CONTENDERS} things at once
   * @param random chooses names and contents
   * @param role whose work the identity is to do; what it must not be allowed is tried as well
   * @return what was found, also when that is bad
   * @throws RunException {@link Kind#INTERRUPTED} when the thread was interrupted; whatever can be
   *     removed is removed then too
   */
  public static DoctorReport run(
      DoctorStores stores,
      StoreDescription description,
      Workers workers,
      RandomGenerator random,
      Role role)
      throws RunException {
    return new Doctor(stores, description, workers, random, role).run();
  }

  private DoctorReport run() throws RunException {
    Facts facts = Facts.ask(description.inspection());
    facts.before().forEach(this::add);
    Cleanup cleanup = new Cleanup(scratch);
    try {
      PermissionChecks may =
          new PermissionChecks(scratch, description.permissions(), facts.permissionFirst());
      Optional<LockCheck> lock =
          description.trialLock().map(until -> new LockCheck(scratch, until));
      checkAll(Checks.of(role, scratch, create, part, may, lock), facts);
    } finally {
      cleanup.run();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new RunException(
          Kind.INTERRUPTED, "stopped; left behind: " + cleanup.result().what());
    }
    description.keySetting().ifPresent(setting -> add(key(setting)));
    facts.after().forEach(this::add);
    add(cleanup.result());
    return new DoctorReport(role, results, cleanup.leftObjects(), stopped);
  }

  private void add(CheckResult result) {
    LOG.debug("check \"{}\": {}, {}", result.name(), result.outcome(), result.what());
    results.add(result);
  }

  private void checkAll(List<Check> checks, Facts facts) throws RunException {
    for (Check check : checks) {
      Optional<CheckResult> known = known(check, facts);
      CheckResult result;
      if (stopped) {
        result = CheckResult.skipped(check.name(), "not tried: an earlier check failed");
      } else {
        result = known.isPresent() ? known.get() : result(check);
      }
      add(result);
      stopped |= isTheEnd(check, result);
    }
  }

  /**
   * Whether no later check could tell anything: the place cannot be reached, does not exist, or does
   * not let this identity list, as each must. Without credentials everything is denied.
   */
  private static boolean isTheEnd(Check check, CheckResult result) {
    return result.failure().equals(Optional.of(Kind.STORE_UNAVAILABLE))
        || (isFirst(check) && result.failure().isPresent());
  }

  /** What a check would find is known where the user wants to be the only writer. */
  private static Optional<CheckResult> known(Check check, Facts facts) {
    return check.name().equals(CreateChecks.RACE) ? facts.oneWriter() : Optional.empty();
  }

  private static boolean isFirst(Check check) {
    return check.name().equals(Checks.LIST_PREFIX);
  }

  private CheckResult result(Check check) throws RunException {
    try {
      return check.run();
    } catch (StoreException e) {
      return failed(check, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(Kind.INTERRUPTED, "stopped", e);
    } catch (IOException e) {
      throw new RunException(Kind.INTERNAL, check.name() + ": " + e.getMessage(), e);
    }
  }

  private CheckResult failed(Check check, StoreException e) throws RunException {
    RunException meaning = RunException.of(e);
    return switch (meaning.kind()) {
      case INTERRUPTED -> throw meaning;
      case NO_ACCESS ->
        CheckResult.failed(check.name(), Kind.NO_ACCESS, e.getMessage(), missing(check));
      case USAGE, STORE_UNAVAILABLE ->
        CheckResult.failed(check.name(), meaning.kind(), e.getMessage(), "");
      default -> CheckResult.misbehaves(check.name(), e.getMessage(), "");
    };
  }

  private String missing(Check check) {
    String permission = "missing permission: " + description.permissions().apply(check.permission())
        + (isFirst(check) ? ", if the credentials themselves are right" : "");
    return description
        .keySetting()
        .map(setting -> permission + "; or, because of " + setting + ": "
            + description.permissions().apply(Permission.USE_KEY))
        .orElse(permission);
  }

  /** Everything that was created used the key. */
  private CheckResult key(String setting) {
    boolean used = results.stream()
            .filter(r -> r.outcome() == Outcome.PASSED)
            .filter(r -> Checks.UNDER_KEY.contains(r.name()))
            .count()
        == Checks.UNDER_KEY.size();
    return used
        ? CheckResult.passed("encryption key", "objects are created under the key of " + setting)
        : CheckResult.skipped("encryption key", "nothing could be created under it");
  }
}
