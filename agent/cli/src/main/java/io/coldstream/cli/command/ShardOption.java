package io.coldstream.cli.command;

import io.coldstream.core.copy.Shard;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a shard, such as {@code 2/8}. */
final class ShardOption implements ITypeConverter<Shard> {

  @Override
  public Shard convert(String text) {
    if (text.matches("\\d{1,4}/\\d{1,4}")) {
      String[] numbers = text.split("/");
      try {
        return new Shard(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
      } catch (IllegalArgumentException e) {
        throw wrong();
      }
    }
    throw wrong();
  }

  private static TypeConversionException wrong() {
    return new TypeConversionException("not a shard; use for example 2/8 for the second of eight,"
        + " and at most " + Shard.MAX_COUNT + " of them");
  }
}
