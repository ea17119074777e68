package io.coldstream.store.testkit;

/**
 * What every adapter that speaks HTTP must do with the proxies and certificates of a network, without
 * a connection, and with answers of somebody on the way. A test class implements this and words the provider's answers.
 */
public interface NetworkContract extends ConnectionContract, ProxyContract, ForeignAnswerContract {}
