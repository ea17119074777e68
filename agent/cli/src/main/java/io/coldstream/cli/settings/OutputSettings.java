package io.coldstream.cli.settings;

/**
 * The output mode of a command.
 *
 * @param json one document instead of text, and no progress
 * @param quiet no progress and no closing words
 * @param verbose every file, and stacks
 */
public record OutputSettings(boolean json, boolean quiet, boolean verbose) {}
