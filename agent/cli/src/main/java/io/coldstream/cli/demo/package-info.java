/**
 * The demo: the whole of the data's way on a small real database that travels in the jar, with a
 * comparison that owes nothing to the engine.
 */
package io.coldstream.cli.demo;
