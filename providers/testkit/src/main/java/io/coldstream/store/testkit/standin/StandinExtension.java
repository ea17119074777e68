package io.coldstream.store.testkit.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Lets a test class run, disables it or fails it by what is installed and required, and writes down
 * what ran in {@code target/standins}. JUnit makes one for each annotated class; the classes nested in
 * that share it.
 */
final class StandinExtension implements ExecutionCondition, TestWatcher, AfterAllCallback {

  private final Function<Program, Optional<Program.Installed>> finder;
  private final String required;
  private final Path folder;
  private final Tally tally = new Tally();

  /** As the environment of this process says. */
  StandinExtension() {
    this(Program::find, System.getenv().getOrDefault("COLDSTREAM_REQUIRE", ""), Server.FOLDER);
  }

  StandinExtension(
      Function<Program, Optional<Program.Installed>> finder, String required, Path folder) {
    this.finder = finder;
    this.required = required;
    this.folder = folder;
  }

  /**
   * Asked for the class, the nested ones and every test; the answer is the same.
   *
   * @throws IllegalStateException if a program is required and not installed; fails the class
   */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    NeedsStandin needed = outermost(context).getAnnotation(NeedsStandin.class);
    if (needed == null) {
      return ConditionEvaluationResult.enabled("in this process");
    }
    Program program = Program.named(needed.value());
    if (finder.apply(program).isPresent()) {
      return ConditionEvaluationResult.enabled(program.title() + " is installed");
    }
    write(context);
    String absent = program.title() + " is not installed; .ci/standins installs it";
    if (Required.in(required).contains(program)) {
      throw new IllegalStateException(absent + ", and COLDSTREAM_REQUIRE names it");
    }
    return ConditionEvaluationResult.disabled(absent);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    tally.passed(context.getRequiredTestMethod());
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    tally.failed(context.getRequiredTestMethod());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    write(context);
  }

  private void write(ExtensionContext context) {
    Class<?> testClass = outermost(context);
    List<Label> standins = new ArrayList<>();
    Standin inProcess = testClass.getAnnotation(Standin.class);
    if (inProcess != null) {
      standins.add(Label.of(inProcess));
    }
    NeedsStandin needed = testClass.getAnnotation(NeedsStandin.class);
    if (needed != null) {
      standins.add(new Label(needed.value(), version(Program.named(needed.value()))));
    }
    try {
      tally.write(folder, testClass, standins);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String version(Program program) {
    return finder
        .apply(program)
        .map(found -> found.version().isEmpty() ? Label.NONE : found.version())
        .orElse(Label.ABSENT);
  }

  private static Class<?> outermost(ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    while (testClass.getEnclosingClass() != null) {
      testClass = testClass.getEnclosingClass();
    }
    return testClass;
  }
}
