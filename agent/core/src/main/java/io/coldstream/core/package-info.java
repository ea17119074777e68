/**
 * The engine between a data directory and a store. A package for each thing that it does, named by
 * the way of the data:
 *
 * <pre>
 * backup   capture → plan → upload, then the manifest
 * restore  select → plan → fetch into the target
 * points   finds out which points of the log can be restored
 * verify   compares what a manifest says with what is stored
 * copy     brings backups to another place
 * inspect  shows what is inside a backup
 * doctor   tries out a store
 * </pre>
 *
 * <p>They know nothing of each other, except that a restore looks up events by inspect. Below them lies {@code repository}, what stands where on a
 * store and in which form; below everything {@code support}: disk, JSON, work in parallel, events and
 * failures.
 */
package io.coldstream.core;
