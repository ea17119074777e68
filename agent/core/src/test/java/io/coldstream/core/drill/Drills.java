package io.coldstream.core.drill;

import io.coldstream.core.drill.server.Ports;
import io.coldstream.core.drill.server.ServerAccess;
import io.coldstream.core.drill.server.ServerEnvironment;
import io.coldstream.core.drill.server.ServerLimits;
import io.coldstream.core.drill.server.ServerProgram;
import io.coldstream.core.drill.server.ServerSetup;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Runs drills as tests want them. */
final class Drills {

  static final ServerLimits PATIENT =
      new ServerLimits(Duration.ofMinutes(2), Duration.ofMinutes(1), Duration.ofSeconds(30));

  private final Path scratch;
  private final Map<String, String> variables = new HashMap<>(System.getenv());
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private RestorePoint point = new RestorePoint.Latest();
  private CheckpointMode mode = CheckpointMode.DIRECT;
  private ServerLimits limits = PATIENT;
  private ServerAccess access = ServerAccess.PLAIN;
  private Ports ports = Ports.SYSTEM;
  private boolean keep;

  Drills(Path scratch) {
    this.scratch = scratch;
  }

  Drills mode(CheckpointMode other) {
    mode = other;
    return this;
  }

  Drills at(RestorePoint other) {
    point = other;
    return this;
  }

  Drills within(ServerLimits other) {
    limits = other;
    return this;
  }

  Drills asked(ServerAccess other) {
    access = other;
    return this;
  }

  Drills ports(Ports other) {
    ports = other;
    return this;
  }

  Drills set(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Drills keeping() {
    keep = true;
    return this;
  }

  List<String> warnings() {
    return warnings;
  }

  DrillReport run(Repository repository, ServerProgram program) throws RunException {
    DrillParts parts = new DrillParts(
        new LocalDisk(),
        folder -> Optional.empty(),
        new Workers(Runnable::run, 1),
        new ServerEnvironment(variables),
        ports,
        new Random(1),
        Clock.systemUTC(),
        event -> {
          if (event instanceof RunEvent.Warning warning) {
            warnings.add(warning.text());
          }
        });
    DrillRequest request = new DrillRequest(
        point,
        mode,
        RestoreRequest.DEFAULT_MAX_DROP_BYTES,
        false,
        scratch,
        keep,
        new ServerSetup(program, limits, access));
    return new DrillRun(parts).run(repository, request);
  }
}
