/** What a run tells while it goes on: progress as values, never as printing. Every step may tell. */
package io.coldstream.core.support.events;
