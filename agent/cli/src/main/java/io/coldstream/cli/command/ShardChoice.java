package io.coldstream.cli.command;

import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Shard;
import io.coldstream.core.verify.RunShard;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --shard} says: {@code 3/8}, {@code /8} or {@code auto}. What it leaves open comes from the
 * variables of an {@link Orchestrator}.
 *
 * @param index which part, from 1
 * @param count how many parts
 */
record ShardChoice(Optional<Integer> index, Optional<Integer> count) {

  private static final Pattern FORM = Pattern.compile("(\\d{0,5})/(\\d{1,5})");

  /** Parses the option. */
  static final class Converter implements ITypeConverter<ShardChoice> {
    @Override
    public ShardChoice convert(String text) {
      if (text.equals("auto")) {
        return new ShardChoice(Optional.empty(), Optional.empty());
      }
      Matcher form = FORM.matcher(text);
      if (form.matches()) {
        int count = Integer.parseInt(form.group(2));
        Optional<Integer> index =
            Optional.of(form.group(1)).filter(i -> !i.isEmpty()).map(Integer::valueOf);
        if (count >= 1
            && count <= Shard.MAX_COUNT
            && index.filter(i -> i < 1 || i > count).isEmpty()) {
          return new ShardChoice(index, Optional.of(count));
        }
      }
      throw new TypeConversionException("not a shard; use for example 3/8, /8 or auto");
    }
  }

  /**
   * Finds out which part of a run this process is.
   *
   * @param run what {@code --run} says
   * @throws RunException {@link Kind#USAGE} when index, count or id are not known, or contradict the
   *     environment
   */
  RunShard in(Surroundings surroundings, Optional<String> run) throws RunException {
    Shard part = in(surroundings);
    Map<String, String> environment = surroundings.environment();
    String id = run.or(() -> Orchestrator.in(environment).flatMap(o -> o.job(environment)))
        .orElseThrow(
            () -> usage("--run is missing: give all shards of one run the same id, and each"
                + " run another one"));
    if (!RunShard.isId(id)) {
      throw usage("run id \"" + id + "\" is not 1 to 100 letters, digits, \".\", \"_\" and \"-\","
          + " beginning with a letter or digit; give --run");
    }
    return new RunShard(id, part);
  }

  /**
   * Finds out which part this process is.
   *
   * @throws RunException {@link Kind#USAGE} when index or count are not known, or contradict the
   *     environment
   */
  Shard in(Surroundings surroundings) throws RunException {
    Map<String, String> environment = surroundings.environment();
    Optional<Orchestrator> found = Orchestrator.in(environment);
    Optional<Integer> announced =
        found.isPresent() ? found.get().count(environment) : Optional.empty();
    int parts = count
        .or(() -> announced)
        .orElseThrow(() -> usage("it is not known how many shards there are; give --shard "
            + (found.isPresent() ? "/N" : "I/N")));
    if (index.isEmpty() && found.isEmpty()) {
      throw usage("none of the variables " + Orchestrator.INDEX_VARIABLES
          + " is set, so it is not known which shard this is; give --shard I/" + parts);
    }
    if (index.isEmpty() && announced.isPresent() && announced.get() != parts) {
      throw usage("--shard says " + parts + " shards, but " + found.get().countVariable() + " says "
          + announced.get());
    }
    int part = index.isPresent() ? index.get() : found.get().index(environment);
    if (part > parts) {
      throw usage(
          found.get().indexVariable() + " makes this shard " + part + ", but there are " + parts);
    }
    return new Shard(part, parts);
  }

  static RunException usage(String message) {
    return new RunException(Kind.USAGE, message);
  }
}
