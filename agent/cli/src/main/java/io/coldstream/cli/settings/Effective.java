package io.coldstream.cli.settings;

/**
 * A setting's effective value, without secrets.
 *
 * @param name its name in the file; those of the store begin with {@code store.}
 * @param value its value, without anything secret; empty when not set
 * @param origin where it was set
 */
public record Effective(String name, String value, Origin origin) {}
