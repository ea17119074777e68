package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.OncePass;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Asks which parts of an upload have arrived, and accepts only those that fit the source. */
final class PartList {

  private final PartedDriver driver;
  private final DriverCalls calls;

  PartList(PartedDriver driver, DriverCalls calls) {
    this.driver = driver;
    this.calls = calls;
  }

  /**
   * The parts of an upload, by section.
   *
   * @param shown its object, as messages name it
   * @return empty when there is no such upload, or when a part has a number or a length that no part
   *     of this source has
   */
  Optional<Map<Integer, Part>> fitting(String shown, UploadId upload, OncePass pass)
      throws StoreException {
    Map<Integer, Part> parts = new HashMap<>();
    ListingGuard guard = new ListingGuard(Operation.PUT, shown, "uploaded parts");
    OptionalInt from = OptionalInt.empty();
    while (true) {
      PartPage page;
      try {
        page = driver.parts(upload, from);
      } catch (UploadGoneException e) {
        return Optional.empty();
      } catch (IOException | RuntimeException e) {
        throw calls.failure(Operation.PUT, shown, e);
      }
      for (ListedPart part : page.parts()) {
        if (!fits(part, pass)) {
          return Optional.empty();
        }
        parts.put(
            part.section().getAsInt(),
            new Part(part.tag().get(), part.lengthBytes().getAsLong(), part.crc32c()));
      }
      if (!page.more()) {
        return Optional.of(parts);
      }
      from = next(shown, page);
      guard.page(numbers(page), Optional.of(String.valueOf(from.getAsInt())));
    }
  }

  private static OptionalInt next(String shown, PartPage page) throws StoreException {
    if (page.next().isEmpty()) {
      throw DriverCalls.failed(
          Operation.PUT,
          shown,
          Kind.REJECTED,
          "the store says that there are more parts, but not where");
    }
    return page.next();
  }

  private static List<String> numbers(PartPage page) {
    return page.parts().stream()
        .map(part -> String.valueOf(part.section().getAsInt()))
        .toList();
  }

  private static boolean fits(ListedPart part, OncePass pass) {
    int section = part.section().orElse(pass.sections());
    return section >= 0
        && section < pass.sections()
        && part.lengthBytes().equals(OptionalLong.of(pass.lengthOf(section)))
        && part.tag().isPresent();
  }
}
