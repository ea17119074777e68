/**
 * A drill: restores a backup into a scratch folder, starts a server on it, and compares what the
 * server answers with what the restored files hold.
 *
 * <p>Place in the flow: beside it. {@link io.coldstream.core.drill.DrillRun} uses a restore as it is,
 * then the packages server and events. {@link io.coldstream.core.drill.StoredDrills} keeps the result
 * in the repository.
 */
package io.coldstream.core.drill;
