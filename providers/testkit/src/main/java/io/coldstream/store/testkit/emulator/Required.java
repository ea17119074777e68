package io.coldstream.store.testkit.emulator;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The programs that a run of the tests may not do without. */
final class Required {

  private Required() {}

  /**
   * Reads the value of {@code COLDSTREAM_REQUIRE}.
   *
   * @param names titles of programs, joined by commas; may be empty
   * @throws IllegalArgumentException if one is not the title of a program
   */
  static Set<Program> in(String names) {
    Set<Program> programs = EnumSet.noneOf(Program.class);
    Pattern.compile(",")
        .splitAsStream(names)
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(Program::named)
        .forEach(programs::add);
    return programs;
  }
}
