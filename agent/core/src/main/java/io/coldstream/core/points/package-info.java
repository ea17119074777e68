/**
 * Finds out which points of the log can be restored, from which backup, and what that costs.
 *
 * <p>{@link io.coldstream.core.points.PointsRun} reads the manifests, the pages of those stretches that
 * only one backup holds, and the times of a bounded number of records. Nothing is written.
 */
package io.coldstream.core.points;
