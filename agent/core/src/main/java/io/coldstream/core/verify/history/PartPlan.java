package io.coldstream.core.verify.history;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What the parts of a divided run have in common; stored by the first one that begins.
 *
 * @param repository id of the repository
 * @param run the run's id
 * @param shards into how many parts it is divided
 * @param time when the first part began
 * @param newestBackup the newest backup that is verified
 * @param backup the only backup that is verified; empty for all up to the newest
 */
public record PartPlan(
    String repository,
    String run,
    int shards,
    Instant time,
    long newestBackup,
    OptionalLong backup) {}
