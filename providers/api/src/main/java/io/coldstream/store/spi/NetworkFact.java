package io.coldstream.store.spi;

/**
 * What a variable of the environment sets for the connections to a store.
 *
 * @param name what it sets, for instance {@code https-proxy}
 * @param value its value without secrets; where it cannot be used, why
 * @param variable the variable
 */
public record NetworkFact(String name, String value, String variable) {}
