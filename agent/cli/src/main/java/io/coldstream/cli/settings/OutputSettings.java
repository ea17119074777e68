package io.coldstream.cli.settings;

/**
 * How a command talks.
 *
 * @param json one document instead of text, and no progress
 * @param quiet no progress and no closing words
 * @param verbose every file, and stacks
 */
public record OutputSettings(boolean json, boolean quiet, boolean verbose) {}
