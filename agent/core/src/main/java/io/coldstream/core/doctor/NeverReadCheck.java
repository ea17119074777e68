package io.coldstream.core.doctor;

import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.function.Function;

/**
 * Tries to read in a part of the repository that this identity must not read.
 *
 * @param area which part
 * @param look looks whether it may be read
 * @param permissions what the provider calls a permission
 */
record NeverReadCheck(String area, Areas.Look look, Function<Permission, String> permissions)
    implements Check {

  @Override
  public String name() {
    return "never read " + area;
  }

  @Override
  public Permission need() {
    return Permission.READ;
  }

  @Override
  public CheckResult run() throws IOException {
    return switch (look.look()) {
      case DENIED -> CheckResult.passed(name(), "denied, as it must be");
      case UNTOLD -> CheckResult.skipped(name(), "there is nothing to read yet");
      case ALLOWED ->
        CheckResult.failed(
            name(),
            Kind.NO_ACCESS,
            "this identity may read what it must not",
            "take from it, for " + area + ": " + permissions.apply(Permission.READ));
    };
  }
}
