/**
 * What is kept on this machine between runs: hints that save requests, safe to lose, without
 * secrets.
 *
 * <p>Place in the flow: beside it; a backup asks where to begin a listing and says where it ended.
 */
package io.coldstream.core.support.state;
