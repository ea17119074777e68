package io.coldstream.core.doctor;

import static io.coldstream.core.doctor.Clinic.failed;
import static io.coldstream.core.doctor.Clinic.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A doctor on a store that is as it must be, on one that denies, and on one that cannot be reached. */
class DoctorTest {

  private final Clinic clinic = new Clinic();

  private static Fault always(Verb verb, StoreException.Kind kind) {
    return Fault.atCall(verb, 1).times(100_000).as(kind);
  }

  private static void endsAs(Kind kind, DoctorReport found) {
    assertThatThrownBy(found::requireGood)
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void aGoodStorePassesEveryCheckAndKeepsNothing() throws RunException {
    DoctorReport found = clinic.examined(Role.ANY);

    found.requireGood();
    assertThat(failed(found)).isEmpty();
    assertThat(found.results().stream()
            .filter(r -> r.outcome() == Outcome.PASSED)
            .map(CheckResult::name))
        .contains(
            "clock",
            "list",
            "create",
            "create only",
            "create only, 8 at once",
            "list after create",
            "read back",
            "read a range",
            "read one version",
            "odd names",
            "create in parts",
            "storage class",
            "remove unfinished uploads",
            "delete",
            "left behind");
    assertThat(result(found, "left behind").what()).isEqualTo("nothing");
    clinic.assertNothingLeft();
  }

  @Test
  void whatABackupHasStoredIsUntouched() throws RunException {
    ObjectName chunk = ObjectName.in(Layout.CHUNKS, "chunk-000000.000000-0123");
    clinic.memory.replace(chunk, new byte[] {1, 2, 3});
    for (Role role : Role.values()) {
      clinic.examined(role);
    }

    assertThat(clinic.memory.contents())
        .containsOnlyKeys(chunk)
        .containsEntry(chunk, new byte[] {1, 2, 3});
  }

  @Test
  void aStoreThatCannotResumeIsAWarningAndItsUploadsAreSwept() throws RunException {
    DoctorReport found = clinic.examined(Role.ANY);

    CheckResult resumed = result(found, "resume a broken put");
    assertThat(resumed.outcome()).isEqualTo(Outcome.WARNING);
    assertThat(resumed.what()).startsWith("not resumed");
    assertThat(resumed.advice()).contains("may-create_in_parts");
    assertThat(result(found, "remove unfinished uploads").what())
        .isEqualTo("unfinished uploads found: 2, removed: 2");
    clinic.assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(names = {"ANY", "WRITER"})
  void aStoreWhoseUploadsASweepDoesNotFindIsAWarning(Role role) throws RunException {
    DoctorReport found = clinic
        .through(store -> new Altered(role == Role.WRITER ? Guarded.writer(store) : store) {
          @Override
          public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) {
            return new SweepResult(0, 0);
          }
        })
        .examined(role);

    found.requireGood();
    CheckResult sweep = result(found, "remove unfinished uploads");
    assertThat(sweep.outcome()).isEqualTo(Outcome.WARNING);
    assertThat(sweep.what()).contains("not found");
    assertThat(sweep.advice()).contains("remove unfinished uploads by itself");
    assertThat(clinic.memory.unfinished()).isNotEmpty();
    assertThat(result(found, "left behind").outcome()).isEqualTo(Outcome.WARNING);
    assertThat(result(found, "left behind").what()).contains("unfinished uploads may stay");
  }

  @ParameterizedTest
  @CsvSource({
    "LIST, list, 'may-list, if the credentials themselves are right'",
    "PUT, create, may-create",
    "PUT, create in parts, may-create_in_parts",
    "READ, read back, may-read",
    "DELETE, delete, may-delete",
    "SWEEP, remove unfinished uploads, may-remove_unfinished_uploads"
  })
  void aDeniedVerbIsNamedByItsPermission(Verb verb, String check, String permission)
      throws RunException {
    DoctorReport found = clinic
        .through(store -> new FaultyStore(store, always(verb, StoreException.Kind.ACCESS_DENIED)))
        .examined(Role.ANY);

    CheckResult result = result(found, check);
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.failure()).contains(Kind.NO_ACCESS);
    assertThat(result.advice()).isEqualTo("missing permission: " + permission);
    endsAs(Kind.NO_ACCESS, found);
  }

  /** Neither what is missing, nor what is rightly denied, can be told from no credentials at all. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void whoMayNotListIsTriedNoFurther(Role role) throws RunException {
    Fault[] all = Stream.of(Verb.values())
        .map(verb -> always(verb, StoreException.Kind.ACCESS_DENIED))
        .toArray(Fault[]::new);
    DoctorReport found = clinic.through(store -> new FaultyStore(store, all)).examined(role);

    assertThat(found.count(Outcome.FAILED)).isEqualTo(1);
    assertThat(result(found, "list").failure()).contains(Kind.NO_ACCESS);
    assertThat(found.results())
        .filteredOn(result -> result.name().matches("create|delete|never .*|read .*"))
        .isNotEmpty()
        .allMatch(result -> result.outcome() == Outcome.SKIPPED);
    assertThat(found.leftObjects()).isZero();
  }

  @Test
  void underAKeyADenialMayBeTheKeys() throws RunException {
    DoctorReport good = clinic.withKey("kms-key").examined(Role.ANY);
    assertThat(result(good, "encryption key").outcome()).isEqualTo(Outcome.PASSED);

    DoctorReport found = clinic
        .through(
            store -> new FaultyStore(store, always(Verb.PUT, StoreException.Kind.ACCESS_DENIED)))
        .examined(Role.ANY);
    assertThat(result(found, "create").advice())
        .isEqualTo("missing permission: may-create; or, because of kms-key: may-use_key");
    assertThat(result(found, "encryption key").outcome()).isEqualTo(Outcome.SKIPPED);
    clinic.assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({"REJECTED, USAGE", "UNAVAILABLE, STORE_UNAVAILABLE"})
  void aPlaceThatIsNotThereEndsTheExamination(StoreException.Kind kind, Kind meaning)
      throws RunException {
    DoctorReport found = clinic
        .through(store -> new FaultyStore(store, Fault.atCall(1).times(100_000).as(kind)))
        .unasked(new StoreException(kind, "no such place", null))
        .examined(Role.ANY);

    assertThat(failed(found)).containsExactly("list");
    assertThat(result(found, "create").outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(result(found, "credentials").what()).isEqualTo("no such place");
    endsAs(meaning, found);
    clinic.assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EXTEND", "LOCKED_UNTIL"})
  void aVerbThatCannotBeReachedEndsTheExaminationAndTheRestIsClearedAway(Verb verb)
      throws RunException {
    DoctorReport found =
        clinic.through(store -> new FaultyStore(store, Fault.atCall(verb, 1))).examined(Role.ANY);

    endsAs(Kind.STORE_UNAVAILABLE, found);
    clinic.assertNothingLeft();
  }

  @Test
  void anInterruptedDoctorClearsAwayAndSaysSo() {
    clinic.through(store -> new Altered(store) {
      @Override
      public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
          throws StoreException {
        Thread.currentThread().interrupt();
        return super.read(name, range, version);
      }
    });

    assertThatThrownBy(() -> clinic.examined(Role.ANY))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
    clinic.assertNothingLeft();
  }

  @Test
  void anInterruptFromOutsideIsNotTakenForTheOneOfTheBrokenPut() {
    AtomicInteger broken = new AtomicInteger();
    clinic.through(store -> new Altered(store) {
      @Override
      public StoredObject put(PutRequest request) throws StoreException {
        if (request.source() instanceof StoppingSource) {
          broken.incrementAndGet();
          Thread.currentThread().interrupt();
          throw new StoreException(StoreException.Kind.UNAVAILABLE, "interrupted", null);
        }
        return super.put(request);
      }
    });

    assertThatThrownBy(() -> clinic.examined(Role.ANY))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(broken).hasValue(1);
    clinic.assertNothingLeft();
  }

  @Test
  void aRunThatDiedLeavesNothingThatTheNextBackupMinds() throws RunException {
    int left = 0;
    for (int n = 1; n < 60; n++) {
      Fault crash = Fault.atCall(n).crash();
      clinic.through(store -> new FaultyStore(store, crash));
      try {
        clinic.examined(Role.ANY);
      } catch (Crash died) {
        left++;
      }
    }

    assertThat(left).isGreaterThan(20);
    assertThat(clinic.left()).isNotEmpty().allMatch(Layout.DOCTOR::holds);
    assertThat(new RepositoryLocation(clinic.memory.reopen(), "memory:").find()).isEmpty();
    clinic.through(Guarded::pruner).examined(Role.PRUNER).requireGood();
    assertThat(clinic.memory.names()).isEmpty();
  }

  @Test
  void whatTheProviderTellsStandsAmongTheResults() throws RunException {
    StoreFact off =
        new StoreFact(Topic.VERSIONING, StoreFact.Severity.CONCERN, "off", "turn it on");
    StoreReport told = new StoreReport(
        Optional.of(Duration.ofMinutes(-7)),
        true,
        List.of(
            StoreFact.good(Topic.IDENTITY, "key ...AB12"),
            off,
            StoreFact.unknown(Topic.RETENTION, "not told")));
    DoctorReport found = clinic.reporting(told).examined(Role.ANY);

    found.requireGood();
    assertThat(result(found, "credentials"))
        .isEqualTo(CheckResult.passed("credentials", "key ...AB12"));
    assertThat(result(found, "versioning"))
        .isEqualTo(CheckResult.warning("versioning", "off", "turn it on"));
    assertThat(result(found, "object lock"))
        .isEqualTo(CheckResult.skipped("object lock", "not told"));
    assertThat(result(found, "clock").outcome()).isEqualTo(Outcome.WARNING);
    assertThat(result(found, "clock").what())
        .isEqualTo("this machine's clock is 420 s ahead of the store's");
  }

  /** Only the race is not tried: a name that exists is refused there, too. */
  @Test
  void aStoreForOneWriterIsAWarningInsteadOfARace() throws RunException {
    StoreReport told = new StoreReport(
        Optional.empty(), true, List.of(StoreFact.oneWriter("by the setting create=checked")));
    DoctorReport found = clinic.reporting(told).examined(Role.ANY);

    found.requireGood();
    CheckResult race = result(found, "create only, 8 at once");
    assertThat(race.outcome()).isEqualTo(Outcome.WARNING);
    assertThat(race.what()).contains("create=checked");
    assertThat(race.advice()).startsWith("UNFIT FOR TWO WRITERS");
    assertThat(result(found, "create only").outcome()).isEqualTo(Outcome.PASSED);
    clinic.assertNothingLeft();
  }

  @Test
  void whatIsNoRepositoryIsSaidBeforeABackupIsRefused() throws RunException {
    clinic.memory.replace(new ObjectName("holiday.jpg"), new byte[1]);
    DoctorReport found = clinic.examined(Role.ANY);

    assertThat(result(found, "list").outcome()).isEqualTo(Outcome.WARNING);
  }
}
