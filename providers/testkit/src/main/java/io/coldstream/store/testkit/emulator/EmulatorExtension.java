package io.coldstream.store.testkit.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Lets a test class run, disables it or fails it by what is installed and required, and writes down
 * what ran. JUnit makes one for each annotated class; the classes nested in that share it.
 *
 * <p>JUnit's configuration parameters {@code coldstream.require}, {@code coldstream.emulators} and
 * {@code coldstream.record} take the place of {@code COLDSTREAM_REQUIRE}, of the folder in which
 * programs are looked for, and of {@code target/emulators}.
 */
final class EmulatorExtension implements ExecutionCondition, TestWatcher, AfterAllCallback {

  private final Tally tally = new Tally();

  /**
   * Asked for the class, the nested ones and every test; the answer is the same.
   *
   * @throws IllegalStateException if a program is required and not installed; fails the class
   */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    NeedsEmulator needed = topClass(context).getAnnotation(NeedsEmulator.class);
    if (needed == null) {
      return ConditionEvaluationResult.enabled("in this process");
    }
    Program program = Program.named(needed.value());
    if (version(program, context).isPresent()) {
      return ConditionEvaluationResult.enabled(program.title() + " is to be had");
    }
    write(context);
    String absent = program.title() + " is not installed; .ci/emulators installs it";
    if (Required.in(required(context)).contains(program)) {
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
    Class<?> testClass = topClass(context);
    List<Label> emulators = new ArrayList<>();
    Emulator inProcess = testClass.getAnnotation(Emulator.class);
    if (inProcess != null) {
      emulators.add(Label.of(inProcess));
    }
    NeedsEmulator needed = testClass.getAnnotation(NeedsEmulator.class);
    if (needed != null) {
      emulators.add(Label.of(needed, version(Program.named(needed.value()), context)));
    }
    Path folder =
        context.getConfigurationParameter("coldstream.record", Path::of).orElse(Server.FOLDER);
    try {
      tally.write(folder, testClass, emulators);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String required(ExtensionContext context) {
    return context
        .getConfigurationParameter("coldstream.require")
        .orElse(System.getenv().getOrDefault("COLDSTREAM_REQUIRE", ""));
  }

  private static Optional<String> version(Program program, ExtensionContext context) {
    Optional<Path> folder = context.getConfigurationParameter("coldstream.emulators", Path::of);
    return folder.isPresent()
        ? program.find(folder.get(), "").map(Program.Installed::version)
        : Source.version(program);
  }

  private static Class<?> topClass(ExtensionContext context) {
    return context
        .getParent()
        .filter(parent -> parent.getTestClass().isPresent())
        .map(EmulatorExtension::topClass)
        .orElseGet(context::getRequiredTestClass);
  }
}
