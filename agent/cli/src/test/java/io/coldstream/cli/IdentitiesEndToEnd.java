package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Comparison;
import io.coldstream.cli.demo.Sample;
import io.coldstream.core.doctor.Role;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two days of a real database into a repository and back, by typed commands, each under the identity that
 * the store's page has for it; and each identity is denied what is not its work.
 */
abstract class IdentitiesEndToEnd {

  /** What holds the database itself. */
  static final List<String> DATA = List.of("chunks/", "index/", "active/", "checkpoints/");

  @TempDir
  Path home;

  /** The store's verbs under one identity: each tells whether it was done, and not denied. */
  interface Verbs {
    boolean reads(String name) throws Exception;

    boolean creates(String name) throws Exception;

    boolean removes(String name) throws Exception;
  }

  /** The URL of an empty place, the same at each call. */
  abstract String url();

  /** Types a command as somebody. */
  abstract Ran run(Role who, Object... words) throws Exception;

  /** What somebody may. */
  abstract Verbs verbs(Role who) throws Exception;

  /** Sweeps as the pruner, who may. */
  abstract void sweep() throws Exception;

  /** Whether the writer can be kept from reading data there. */
  boolean keepsDataFromTheWriter() {
    return true;
  }

  final Ran done(Role who, Object... words) throws Exception {
    Ran ran = run(who, words);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  /** The names of all objects, as this process may list them. */
  final List<String> names() throws Exception {
    return Listed.names(url());
  }

  @Test
  void eachDoesItsWorkAndIsDeniedTheRest() throws Exception {
    Fixture series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    long first = sentBytes(series.database("day1"), 1);
    assertThat(sentBytes(series.database("day2"), 2)).isBetween(1L, first / 2);
    List<String> names = names();
    assertWriterIsDenied(names);

    Path target = home.resolve("restored");
    done(Role.RESTORER, "restore", "-v", "--to", target);
    assertThat(Comparison.of(series.database("day2"), target, Sample.CHUNK_SIZE_BYTES)
            .differences())
        .isEmpty();
    JsonNode verified = done(Role.RESTORER, "verify", "--data", "--json").json().get("result");
    assertThat(verified.get("good").asBoolean()).isTrue();
    assertThat(verified.get("backups").asInt()).isEqualTo(2);
    Verbs restorer = verbs(Role.RESTORER);
    assertThat(restorer.creates("chunks/new")).isFalse();
    assertThat(restorer.removes(any(names, "chunks/"))).isFalse();
    assertThat(names()).isEqualTo(names);

    assertPrunerRemovesAndNothingElse(names);
  }

  /** Runs a prune as the identity that the page has for it. */
  Ran prune(Object... words) throws Exception {
    return run(Role.PRUNER, words);
  }

  @Test
  void thePrunerRemovesBackupsAndTheirObjects() throws Exception {
    Fixture series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    sentBytes(series.database("day1"), 1);
    sentBytes(series.database("day2"), 2);
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    int before = names().size();
    // The first runs condemn what is older than a second by the store's clock; a later one removes
    // it.
    while (names().stream().anyMatch("manifests/000000000001.json"::equals)
        || names().size() > before - 2) {
      Ran ran = prune("prune", "--keep-last", "1", "--prune-grace", "1s", "--confirm");
      assertThat(ran.exit()).as(ran.everything()).isZero();
      assertThat(System.nanoTime()).as(ran.everything()).isLessThan(end);
    }
    assertThat(done(Role.RESTORER, "verify", "--data", "--json")
            .json()
            .at("/result/good")
            .asBoolean())
        .isTrue();
  }

  private long sentBytes(Path database, int sequence) throws Exception {
    JsonNode result =
        done(Role.WRITER, "backup", "--json", "--db", database).json().get("result");
    assertThat(result.at("/backup/sequence").asInt()).isEqualTo(sequence);
    return result.get("sentBytes").asLong();
  }

  private void assertWriterIsDenied(List<String> names) throws Exception {
    Verbs writer = verbs(Role.WRITER);
    assertThat(writer.reads("coldstream.json")).isTrue();
    for (String prefix : DATA) {
      String name = any(names, prefix);
      assertThat(writer.removes(name)).as("removes %s", name).isFalse();
      if (keepsDataFromTheWriter()) {
        assertThat(writer.reads(name)).as("reads %s", name).isFalse();
      }
    }
    assertThat(writer.removes(any(names, "manifests/"))).isFalse();
    assertThat(names()).isEqualTo(names);
  }

  private void assertPrunerRemovesAndNothingElse(List<String> names) throws Exception {
    Verbs pruner = verbs(Role.PRUNER);
    String name = any(names, "chunks/");
    assertThat(pruner.reads(name)).isTrue();
    assertThat(pruner.creates("chunks/new")).isFalse();
    sweep();
    assertThat(names()).isEqualTo(names);
    assertThat(pruner.removes(name)).isTrue();
    List<String> left = new ArrayList<>(names);
    left.remove(name);
    assertThat(names()).isEqualTo(left);
  }

  private static String any(List<String> names, String prefix) {
    return names.stream()
        .filter(name -> name.startsWith(prefix))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing under " + prefix));
  }
}
