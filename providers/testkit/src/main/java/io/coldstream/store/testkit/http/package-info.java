/**
 * Servers and proxies that fail as networks and services do, for the tests of adapters that speak
 * HTTP. {@link io.coldstream.store.testkit.http.RawServer} answers whatever a test wants; {@link
 * io.coldstream.store.testkit.http.BreakingProxy} stands before an emulator and breaks what goes
 * through it as {@link io.coldstream.store.testkit.http.Break} says. All of them listen on 127.0.0.1
 * alone. Place in the flow: none, test code only.
 */
package io.coldstream.store.testkit.http;
