package io.coldstream.core.drill.server;

/**
 * The server of a drill.
 *
 * @param program how it is started
 * @param limits how long its parts can take
 * @param access how it is asked
 */
public record ServerSetup(ServerProgram program, ServerLimits limits, ServerAccess access) {}
