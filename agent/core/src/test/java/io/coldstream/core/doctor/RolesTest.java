package io.coldstream.core.doctor;

import static io.coldstream.core.doctor.Clinic.failed;
import static io.coldstream.core.doctor.Clinic.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.testkit.Verb;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Identities that may just what they must, that lack something, and that may too much. */
class RolesTest {

  private final Clinic clinic = new Clinic();

  private DoctorReport examined(Role role, BiPredicate<Verb, String> allowed) throws RunException {
    return clinic.through(store -> new Guarded(store, allowed)).examined(role);
  }

  /** The order is the report's; a row of the table that is moved or given to another role changes it. */
  @ParameterizedTest
  @CsvSource(delimiter = ':', textBlock = """
      ANY:      list; create; create only; create only, 8 at once; list after create; read back; \
                read a range; read one version; odd names; create in parts; resume a broken put; \
                storage class; remove unfinished uploads; delete
      WRITER:   list; create; create only; create only, 8 at once; list after create; odd names; \
                create in parts; resume a broken put; storage class; remove unfinished uploads; read coldstream.json; \
                read manifests/; read pages/; read progress/; never read chunks/; \
                never read index/; never read active/; never delete
      RESTORER: list; read coldstream.json; read manifests/; read pages/; read progress/; \
                read checkpoints/; read chunks/; read index/; read active/; \
                read what a writer sent; read a range; read one version; never create; never delete
      PRUNER:   list; read coldstream.json; read manifests/; read pages/; read progress/; \
                read checkpoints/; read chunks/; read index/; read active/; \
                read what a writer sent; read a range; read one version; remove unfinished uploads; delete; never create
      """)
  void eachRoleRunsItsChecksInTheOrderOfTheTable(Role role, String checks) throws RunException {
    List<String> names =
        clinic.examined(role).results().stream().map(CheckResult::name).toList();

    // Before and after the checks stands what the provider reports.
    assertThat(names.subList(4, names.size() - 5)).containsExactly(checks.split("; +"));
    assertThat(names.subList(0, 4)).containsExactly("credentials", "region", "store", "clock");
    assertThat(names.subList(names.size() - 5, names.size()))
        .containsExactly(
            "versioning", "object lock", "expiry of objects", "default encryption", "left behind");
  }

  @Test
  void aWriterPassesAndSaysWhatItHasToLeave() throws RunException {
    DoctorReport found = clinic.through(Guarded::writer).examined(Role.WRITER);

    found.requireGood();
    assertThat(found.leftObjects()).isEqualTo(clinic.left().size()).isPositive();
    CheckResult left = result(found, "left behind");
    assertThat(left.outcome()).isEqualTo(Outcome.WARNING);
    assertThat(left.what())
        .startsWith(found.leftObjects() + " objects stay under doctor/")
        .endsWith(": this identity cannot delete");
    assertThat(left.advice()).contains("--expect pruner");
    assertThat(clinic.left()).allMatch(Layout.DOCTOR::holds);
    assertThat(clinic.memory.unfinished()).isEmpty();
  }

  @Test
  void whatAWriterLeavesMakesNoPrefixUnusable() throws RunException {
    clinic.through(Guarded::writer).examined(Role.WRITER);

    assertThat(new RepositoryLocation(clinic.memory.reopen(), "memory:").find()).isEmpty();
  }

  @Test
  void aRestorerReadsWhatAWriterLeftAndAPrunerRemovesIt() throws RunException {
    clinic.through(Guarded::writer).examined(Role.WRITER);
    int left = clinic.left().size();

    DoctorReport restorer = clinic.through(Guarded::restorer).examined(Role.RESTORER);
    restorer.requireGood();
    assertThat(result(restorer, "read what a writer sent").what())
        .isEqualTo("4 objects are what their writer sent");
    assertThat(result(restorer, "read a range").outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result(restorer, "read one version").outcome()).isEqualTo(Outcome.PASSED);
    assertThat(clinic.left()).hasSize(left);

    DoctorReport pruner = clinic.through(Guarded::pruner).examined(Role.PRUNER);
    pruner.requireGood();
    assertThat(result(pruner, "delete").what())
        .isEqualTo(left + " objects that doctors had left behind are removed");
    clinic.assertNothingLeft();
  }

  @Test
  void onAnEmptyPlaceRestorerAndPrunerAreTriedByNamesThatAreNotThere() throws RunException {
    DoctorReport restorer = clinic.through(Guarded::restorer).examined(Role.RESTORER);
    restorer.requireGood();
    assertThat(result(restorer, "read chunks/").what()).isEqualTo("allowed");
    assertThat(result(restorer, "read a range").outcome()).isEqualTo(Outcome.SKIPPED);

    DoctorReport pruner = clinic.through(Guarded::pruner).examined(Role.PRUNER);
    pruner.requireGood();
    assertThat(result(pruner, "delete").what()).isEqualTo("allowed");
    clinic.assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "WRITER, DELETE, never delete, may-delete",
    "WRITER, READ, never read chunks/, may-read",
    "WRITER, READ, never read index/, may-read",
    "WRITER, READ, never read active/, may-read",
    "RESTORER, PUT, never create, may-create",
    "RESTORER, DELETE, never delete, may-delete",
    "PRUNER, PUT, never create, may-create"
  })
  void whoMayTooMuchIsFoundOut(Role role, Verb verb, String check, String permission)
      throws RunException {
    clinic.through(store -> switch (role) {
      case WRITER -> tooMuch(store, Guarded.writer(store), verb);
      case RESTORER -> tooMuch(store, Guarded.restorer(store), verb);
      case PRUNER -> tooMuch(store, Guarded.pruner(store), verb);
      case ANY -> store;
    });
    DoctorReport found = clinic.examined(role);

    CheckResult result = result(found, check);
    assertThat(result.failure()).contains(Kind.NO_ACCESS);
    assertThat(result.advice()).startsWith("take from it").endsWith(permission);
    if (role == Role.PRUNER) {
      clinic.assertNothingLeft();
    }
  }

  /** What a role may, and one verb beyond it. */
  private static ObjectStore tooMuch(ObjectStore store, Guarded role, Verb verb) {
    return new Altered(role) {
      @Override
      public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
          throws StoreException {
        return (verb == Verb.READ ? store : behind).read(name, range, version);
      }

      @Override
      public StoredObject put(PutRequest request) throws StoreException {
        return (verb == Verb.PUT ? store : behind).put(request);
      }

      @Override
      public void delete(Collection<ObjectName> names) throws StoreException {
        (verb == Verb.DELETE ? store : behind).delete(names);
      }
    };
  }

  @Test
  void whatAnIdentityLacksIsNamedByPart() throws RunException {
    DoctorReport found = examined(
        Role.WRITER,
        (verb, name) -> verb != Verb.DELETE
            && (verb != Verb.READ || name.matches("coldstream\\.json|(manifests|progress)/.*")));

    assertThat(failed(found)).containsExactly("read pages/");
    assertThat(result(found, "read pages/").advice())
        .isEqualTo("give this identity, for pages/: may-read");
  }

  @Test
  void aPrunerWithoutTheRightToRemoveIsFoundOut() throws RunException {
    clinic.through(Guarded::writer).examined(Role.WRITER);
    DoctorReport found = clinic.through(Guarded::restorer).examined(Role.PRUNER);

    assertThat(failed(found)).containsExactly("remove unfinished uploads", "delete");
    assertThat(result(found, "delete").advice()).isEqualTo("missing permission: may-delete");
  }

  @Test
  void whereAMissingNameTellsNothingNothingIsClaimed() throws RunException {
    clinic.reporting(new StoreReport(Optional.empty(), false, List.of()));
    DoctorReport found = clinic.examined(Role.RESTORER);

    assertThat(result(found, "read chunks/").outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(failed(found)).containsExactly("never create");
    clinic.assertNothingLeft();
  }
}
