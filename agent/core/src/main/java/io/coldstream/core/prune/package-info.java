/**
 * Removes backups that no rule keeps, and objects that no backup needs.
 *
 * <p>An object is removed in two steps, by two runs: one condemns it in a document that every backup
 * asks before it relies on an object; one that comes after the grace removes it, unless a backup needs it
 * by then.
 */
package io.coldstream.core.prune;
