package io.coldstream.core.drill;

import io.coldstream.core.drill.server.Ports;
import io.coldstream.core.drill.server.ServerEnvironment;
import io.coldstream.core.restore.target.TargetUse;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.work.Workers;
import java.time.Clock;
import java.util.Random;

/**
 * What a drill works with.
 *
 * @param disk where the scratch folder is
 * @param use finds out whether another process uses a folder
 * @param workers fetch files
 * @param environment what the server runs in
 * @param ports gives free ports
 * @param random chooses samples and names
 * @param clock the time
 * @param listener receives the progress
 */
public record DrillParts(
    Disk disk,
    TargetUse use,
    Workers workers,
    ServerEnvironment environment,
    Ports ports,
    Random random,
    Clock clock,
    RunListener listener) {}
