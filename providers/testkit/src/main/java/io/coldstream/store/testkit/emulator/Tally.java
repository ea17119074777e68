package io.coldstream.store.testkit.emulator;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What ran of one test class against emulators. Thread-safe. */
final class Tally {

  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final Map<String, String> deviations = new ConcurrentSkipListMap<>();

  void passed(Method test) {
    passed.incrementAndGet();
    note(test);
  }

  void failed(Method test) {
    failed.incrementAndGet();
    note(test);
  }

  private void note(Method test) {
    Deviation deviation = test.getAnnotation(Deviation.class);
    if (deviation != null) {
      deviations.put(test.getName(), deviation.value());
    }
  }

  /**
   * Writes {@code CLASS.tsv}, from scratch each time: for each emulator one line with its name, its
   * version, the class, how many tests ran, passed, deviate; and, one field each, the deviating
   * tests with their reasons.
   */
  void write(Path folder, Class<?> testClass, List<Label> emulators) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Label emulator : emulators) {
      int good = passed.get();
      lines.append(String.join(
          "\t",
          emulator.name(),
          emulator.version(),
          testClass.getName(),
          Integer.toString(good + failed.get()),
          Integer.toString(good),
          Integer.toString(deviations.size())));
      deviations.forEach((test, reason) ->
          lines.append('\t').append(test).append(": ").append(reason.replace('\t', ' ')));
      lines.append('\n');
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(testClass.getName() + ".tsv"), lines);
  }
}
