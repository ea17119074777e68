package io.coldstream.core.verify.history;

/**
 * Who verified; for people.
 *
 * @param host the name of the machine
 * @param agent the version of the agent
 */
public record Author(String host, String agent) {}
