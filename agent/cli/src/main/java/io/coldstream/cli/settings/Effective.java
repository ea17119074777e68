package io.coldstream.cli.settings;

/**
 * A setting as it holds, fit for a screen.
 *
 * @param name its name in the file; those of the store begin with {@code store.}
 * @param value its value, without anything secret; empty when not set
 * @param origin where it was set
 */
public record Effective(String name, String value, Origin origin) {}
