package io.coldstream.core.doctor;

import static io.coldstream.core.doctor.Clinic.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LockCheckTest {

  private static final Instant UNTIL =
      Instant.now().plus(Duration.ofMinutes(15)).truncatedTo(ChronoUnit.SECONDS);
  private static final Instant LATER = UNTIL.plus(Duration.ofMinutes(5));

  private final Clinic clinic = new Clinic().locking(UNTIL);

  @Test
  void aLockIsProvedAndWhatStaysIsNamed() throws Exception {
    DoctorReport found = clinic.examined(Role.ANY);
    found.requireGood();
    assertThat(result(found, "lock").what()).contains(LATER + ", as read back");
    assertThat(found.leftObjects()).isEqualTo(1);
    assertThat(result(found, "left behind").what())
        .contains("1 objects stay under doctor/")
        .contains("a lock keeps it until " + LATER);
    assertThat(clinic.left()).hasSize(1);
    assertThat(clinic.memory.lockedUntil(clinic.left().get(0))).contains(LATER);
  }

  @Test
  void withoutTheSettingNothingIsLocked() throws Exception {
    DoctorReport found = new Clinic().examined(Role.ANY);
    assertThat(found.results()).noneMatch(row -> row.name().equals("lock"));
    assertThat(found.leftObjects()).isZero();
  }

  @Test
  void aWriterNeedNotReadLocks() throws Exception {
    DoctorReport found = clinic.through(Guarded::writer).examined(Role.WRITER);
    assertThat(result(found, "lock").outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result(found, "lock").what()).contains("cannot read locks");
  }

  @Test
  void aMissingPermissionIsNamed() throws Exception {
    DoctorReport found = clinic
        .through(store -> new Altered(store) {
          @Override
          public void extend(ObjectName name, Instant until) throws StoreException {
            throw new StoreException(StoreException.Kind.ACCESS_DENIED, "denied", null);
          }
        })
        .examined(Role.ANY);
    assertThat(result(found, "lock").failure()).contains(Kind.NO_ACCESS);
    assertThat(result(found, "lock").advice()).contains("may-lock");
  }

  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"EXTEND", "LOCKED_UNTIL"})
  void aStoreThatIsNotReachableEndsTheExamination(Verb verb) throws Exception {
    DoctorReport found =
        clinic.through(store -> new FaultyStore(store, Fault.atCall(verb, 1))).examined(Role.ANY);
    assertThat(result(found, "lock").failure()).contains(Kind.STORE_UNAVAILABLE);
    assertThat(found.stopped()).isTrue();
  }

  /** As a default retention of the bucket does. */
  @Test
  void objectsThatARetentionKeepsAreAWarning() throws Exception {
    DoctorReport found = new Clinic()
        .through(store -> new Altered(store) {
          @Override
          public void delete(Collection<ObjectName> names) throws StoreException {
            throw new StoreException(StoreException.Kind.LOCKED, "retained", null);
          }
        })
        .examined(Role.ANY);
    found.requireGood();
    assertThat(result(found, "delete").outcome()).isEqualTo(Outcome.WARNING);
    assertThat(result(found, "left behind").what()).contains("locks keep them");
  }

  @Test
  void aPrunerIsToldOfLeftoversThatAreStillLocked() throws Exception {
    clinic.examined(Role.ANY);
    DoctorReport found = new Clinic(clinic.memory).examined(Role.PRUNER);
    assertThat(result(found, "delete").outcome()).isEqualTo(Outcome.WARNING);
    assertThat(result(found, "delete").what()).contains("keeps objects");
  }

  @Test
  void aStoreThatIgnoresLocksIsFound() throws Exception {
    DoctorReport found = clinic.through(LockCheckTest::forgetful).examined(Role.ANY);
    assertThat(result(found, "lock").failure()).contains(Kind.VERIFICATION_FAILED);
    assertThat(result(found, "lock").what()).contains("there is none");
  }

  private static ObjectStore forgetful(ObjectStore behind) {
    return new Altered(behind) {
      @Override
      public Optional<Instant> lockedUntil(ObjectName name) {
        return Optional.empty();
      }
    };
  }
}
