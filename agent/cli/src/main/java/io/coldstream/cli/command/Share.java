package io.coldstream.cli.command;

import io.coldstream.core.verify.SampleSize;
import io.coldstream.store.spi.Quantity;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the size of a sample: a percentage, or a size with a unit. */
final class Share implements ITypeConverter<SampleSize> {

  @Override
  public SampleSize convert(String text) {
    if (text.matches("\\d{1,3}(\\.\\d{1,6})?%")) {
      double percent = Double.parseDouble(text.substring(0, text.length() - 1));
      if (percent > 0 && percent <= 100) {
        return SampleSize.ofPercent(percent);
      }
    }
    OptionalLong bytes = text.matches(".*[A-Za-z]") ? Quantity.bytes(text) : OptionalLong.empty();
    if (bytes.orElse(0) > 0) {
      return SampleSize.ofBytes(bytes.getAsLong());
    }
    throw new TypeConversionException("not a share; use for example 5% or 20GiB");
  }
}
