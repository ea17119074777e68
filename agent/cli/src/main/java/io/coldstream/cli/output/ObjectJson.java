package io.coldstream.cli.output;

import io.coldstream.store.ObjectName;

/**
 * An object of the repository in a list of {@code json-output.md}.
 *
 * @param object its name
 * @param bytes its length
 */
public record ObjectJson(ObjectName object, long bytes) {}
