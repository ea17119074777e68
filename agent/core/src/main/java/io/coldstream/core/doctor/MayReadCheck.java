package io.coldstream.core.doctor;

import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.function.Function;

/**
 * Reads in a part of the repository that this identity needs.
 *
 * @param area which part
 * @param look looks whether it may be read
 * @param permissions what the provider calls a permission
 */
record MayReadCheck(String area, Areas.Look look, Function<Permission, String> permissions)
    implements Check {

  @Override
  public String name() {
    return "read " + area;
  }

  @Override
  public Permission need() {
    return Permission.READ;
  }

  @Override
  public CheckResult run() throws IOException {
    return switch (look.look()) {
      case ALLOWED -> CheckResult.passed(name(), "allowed");
      case UNTOLD -> CheckResult.skipped(name(), "there is nothing to read yet");
      case DENIED ->
        CheckResult.failed(
            name(),
            Kind.NO_ACCESS,
            "denied",
            "give this identity, for " + area + ": " + permissions.apply(Permission.READ));
    };
  }
}
